"""Made documents with known figures, and the score the program reaches on them."""
