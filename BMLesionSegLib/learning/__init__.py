"""Training and judging networks.

``data``: cases with truth, from the simulation or from a folder of labels. ``metrics``: how well
lesions were found. ``training``: recipes, the loop, the bundle. ``experiments``: the paper's tables
and ours. ``pictures``: curves, contours, feature maps.
"""
