"""Follow-up photographs that never were, with their truth: exact areas, exact transforms, known light.

`skin` makes a place of somebody's skin with a patch, `camera` says where the camera stood, `light` photographs it, and
`sets` puts pairs together: those the figures in the program were tuned on and those they are judged by have different
seeds. Everything is deterministic for one version of NumPy and OpenCV.
"""
