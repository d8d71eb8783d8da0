"""Parametric bones and outline: from a physique to a skeleton of weighted points."""
