"""How to answer: the bloc's pages and the authority's desk."""
