"""How much of an outlined area has no colour, on two photographs that are lined up.

Pigment is told relative to the person's own skin round the outline: the light that falls on it is fitted as a smooth
surface and divided away, so that neither another lamp nor another exposure counts. What is left along the direction
from skin to patch is pigment. OpenCV is imported when first needed.
"""
