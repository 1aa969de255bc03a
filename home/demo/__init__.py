"""The demonstration: the story of one bloc, told by the same acts that the pages call. Every figure is invented."""
