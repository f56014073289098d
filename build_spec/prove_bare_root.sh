#!/bin/bash
# Proves the README's two commands on a bare Debian: only Python with pip and venv, and git.
#
#   MIRROR=<address of a Debian mirror> bash build_spec/prove_bare_root.sh ROOT
#
# Needs debootstrap, root, and some 6 GB. ROOT is a folder that is made (or used again, if it is there).
# COPY may name files of this machine, separated by blanks, that the bare root needs to reach its
# mirror and package index (certificates, apt and pip configuration); KEEP names environment
# variables to hand over. Neither is needed where the network is open. SUITE names the Debian
# (bookworm, that is 12), COMMIT what to prove (the newest), COMMANDS what to run instead of both commands twice.
set -euo pipefail

root=${1:?usage: MIRROR=... bash build_spec/prove_bare_root.sh ROOT}
repository=$(cd "$(dirname "$0")/.." && pwd)
here() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "${handed[@]}" "$@"; }

handed=()
for name in ${KEEP:-}; do handed+=("$name=${!name}"); done

if [ ! -x "$root/usr/bin/git" ]; then
  debootstrap --variant=minbase --include=python3,python3-pip,python3-venv,git,ca-certificates \
    "${SUITE:-bookworm}" "$root" "${MIRROR:?MIRROR is not set}"
fi
for file in ${COPY:-}; do
  mkdir -p "$root/$(dirname "$file")"
  cp -rL "$file" "$root/$(dirname "$file")/"
done
for place in proc dev dev/shm; do
  mountpoint -q "$root/$place" || mount --bind "/$place" "$root/$place"
done
trap 'for place in dev/shm dev proc; do umount "$root/$place"; done' EXIT

echo "== packages before: $(here dpkg-query -f '.\n' -W | wc -l); Qt libraries: $(here ldconfig -p | grep -c -E 'libEGL|libGL\.so|libxkbcommon|libfontconfig' || true)"
rm -rf "$root/srv/judgeapp"
git clone -q --no-local "$repository" "$root/srv/judgeapp"
git -C "$root/srv/judgeapp" checkout -q "${COMMIT:-HEAD}"
cd_and='cd /srv/judgeapp && exec "$@"'
for command in ${COMMANDS:-demo test demo test}; do
  echo "== python3 build_spec/bootstrap.py $command"
  begun=$SECONDS
  here bash -c "$cd_and" - python3 build_spec/bootstrap.py "$command" </dev/null
  echo "== $command: exit 0 after $((SECONDS - begun)) s"
done
