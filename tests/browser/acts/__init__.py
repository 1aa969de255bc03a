"""What people do on the pages, one verb of the field each: the words in which the journey is told."""
