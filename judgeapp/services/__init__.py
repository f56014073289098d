"""What one can do: one function is one thing a person does, in one transaction."""
