"""Views of lists that people save under a name, for themselves or for those who hold the same role."""
