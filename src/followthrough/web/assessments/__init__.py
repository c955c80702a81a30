"""Rounds of rating: notes, coders, adjudication, replies of the parties, results and later changes."""
