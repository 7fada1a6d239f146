"""The bench: how well and how fast the ears tell who speaks, on recordings with truth. Never used while listening."""
