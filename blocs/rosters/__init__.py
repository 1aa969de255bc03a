"""Lists of units and of members that people bring as files: what they say and what would be written."""
