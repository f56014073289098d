"""Set-up, packaging and checks of the repository."""
