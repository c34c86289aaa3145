"""The skin of the example data: a small model of form, surface, pigment and light, drawn with NumPy and Pillow."""
