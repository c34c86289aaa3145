"""The picture files themselves, taken apart without decoding: one module a container format.

Each has ``read(data)``, which walks the file's structure once, in time proportional to its length, and either
returns where everything lies or raises ``Refused``. Nothing here imports a decoder.
"""
