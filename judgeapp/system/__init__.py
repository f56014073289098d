"""The computer: paths, settings, log, files, clock, texts, child processes."""
