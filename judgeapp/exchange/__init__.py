"""Machine to machine: packs, score files and tally sheets, read as hostile until checked."""
