"""Lining a photograph up with another of the same skin.

The recipe: the green channel with hair closed and light divided away, features matched and checked by a robust
projective fit, then small tiles of skin compared to follow what moved. OpenCV is imported when first needed.
"""
