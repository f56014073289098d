"""The only Qt: windows, pages and widgets over the services."""
