"""Widgets of the design: real, focusable, with accessible names; they hold no contest data."""
