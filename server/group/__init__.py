"""A group over its evenings: who it is, whose turn it is, what it lets the device remember. Never what anybody said."""
