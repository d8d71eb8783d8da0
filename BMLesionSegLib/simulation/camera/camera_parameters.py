"""Parameters of the camera, of what it stores and of what counts as seen."""

from BMLesionSegLib.simulation.parameter import LogNormal, Normal, Parameter, Range

TRANSFER = "transfer"

PIXEL_MM = Parameter(2.26, "mm", "Xie 2025")
ATTENUATION = Parameter(0.0085, "1/mm", "effective: lumbar ANT/POST .65, table 3.3")
LUNG_OPACITY = Parameter(0.75, "of soft tissue", "lung .040 of .154/cm in half a chest, section 1")
INTRINSIC_FWHM = Parameter(3.8, "mm", "section 1")
COLLIMATOR_FWHM = Parameter(1.8, "mm", "low energy, high resolution, at the camera, section 1")
COLLIMATOR_SLOPE = Parameter(0.044, "mm a mm", "and its growth with distance, section 1")
CAMERA_GAP = Range(15.0, 60.0, "mm", TRANSFER)
BLUR_FACTOR = Range(0.9, 1.45, "of the resolution", TRANSFER)
SCATTER_SHARE = Range(0.30, 0.60, "of unscattered counts", "section 1")
SCATTER_SIGMA = Parameter(30.0, "mm", "exponential tail of 3-5 cm, section 1")
TOTAL_COUNTS = LogNormal(1.15e6, 0.30, "counts a view", "BS-80K .9 M, EANM 1.5 M, 5-95 % .6-2.2")
BACKGROUND_COUNTS = LogNormal(0.015, 1.0, "counts a pixel outside the body", TRANSFER)
TOP_MARGIN = Range(8.0, 75.0, "rows over the vertex", "scans are not centred, section 2.1")
WIDE_TOP_MARGIN = Range(8.0, 150.0, "rows over the vertex, of the others", "section 2.1")
USUAL_TOP_MARGIN = Parameter(0.6, "of patients", "section 2.1")
SIDE_SHIFT = Normal(0.0, 8.0, "mm", "choice")
SINGLE_HEAD = {
    "clinic": Parameter(0.15, "of patients", "choice"),
    "paper": Parameter(1.0, "of patients", "Xie 2025: one head, view after view"),
}
SECOND_VIEW_SHIFT = Normal(0.0, 4.0, "mm", "between two views of one head: choice")
SECOND_VIEW_DECAY = Parameter(0.96, "of the first", "20 minutes of 99mTc")
SECOND_VIEW_BLADDER = Range(1.0, 1.6, "of the first", "fills for 20 minutes: choice")
MOTION_FREQUENCY = Parameter(0.04, "of scans", "rare, section 5")
MOTION = Range(6.0, 22.0, "mm", "choice")
MOTION_ACROSS = Normal(0.0, 3.0, "mm", "choice")
FIELD_OF_VIEW = Parameter(400.0, "mm", "length of the detector, section 1")

TRUTH_SHARE_OF_PEAK = Parameter(0.36, "of the spot's own peak", TRANSFER)
TRUTH_OVER_BACKGROUND = Parameter(0.20, "of the rest", TRANSFER)
VISIBLE_CONTRAST = Parameter(0.35, "peak over the rest", TRANSFER)
VISIBLE_SNR = Parameter(4.0, "standard deviations", TRANSFER)
VISIBLE_PEAK = Parameter(1.5, "counts", "choice")
