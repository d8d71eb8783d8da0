"""Parameters of metastases and of benign foci: how often, how large, how hot."""

from BMLesionSegLib.simulation.parameter import LogNormal, Normal, Parameter, Range

NORMAL = "of normal, added"
PATIENTS = "of patients"
METASTATIC = "of metastatic patients"
PLAUSIBLE = "choice within the bands of section 4"

METASTASIS_GAIN = LogNormal(2.72, 0.62, NORMAL, "ratio 3.4-4.0, section 4")
PATIENT_CONTRAST = LogNormal(1.0, 0.25, "on all gains of a patient", "choice")
LESION_RADIUS = LogNormal(12.2, 0.58, "mm", "6-16 pixels across, section 4")
STRIPE_HALF_LENGTH = LogNormal(18.0, 0.72, "mm", "stripes, aspect 2-5, section 4; transfer")
SHAFT_HALF_LENGTH = LogNormal(38.0, 0.65, "mm", "transfer")
LYTIC_SHARE = Parameter(0.04, "of metastases", "3-5 % cold or ring-shaped, section 4")
LYTIC_LOSS = Parameter(0.9, "of normal", "choice")
NEXT_VERTEBRA = Parameter(0.25, "of spinal metastases", "choice")
WHOLE_VERTEBRA = Parameter(0.5, "of spinal metastases", "transfer")
PROXIMAL_FEMUR = Parameter(0.45, "of femoral metastases", "proximal third preferred, section 4")

CLINIC_MEN = Parameter(0.54, PATIENTS, "choice")
CLINIC_AGE = Normal(63.0, 11.0, "years", "choice")
PAPER_MEN = Parameter(103 / 168, PATIENTS, "Xie 2025")
PAPER_AGE = Normal(58.2, 9.9, "years", "Xie 2025")
WITHOUT_METASTASES = Parameter(0.25, "of clinic patients", "choice; 64-68 % normal in BS-80K")
CONFLUENT = {
    "lung": Parameter(0.15, METASTATIC, PLAUSIBLE),
    "prostate": Parameter(0.32, METASTATIC, PLAUSIBLE),
    "breast": Parameter(0.22, METASTATIC, PLAUSIBLE),
    "other": Parameter(0.16, METASTATIC, PLAUSIBLE),
}
MANY = {
    "lung": Parameter(0.14, METASTATIC, "extensive 18 %, section 4"),
    "prostate": Parameter(0.30, METASTATIC, "19.6 lesions a patient, section 4"),
    "breast": Parameter(0.20, METASTATIC, PLAUSIBLE),
    "other": Parameter(0.14, METASTATIC, PLAUSIBLE),
}
SUPERSCAN = {
    "lung": Parameter(0.025, METASTATIC, "2-3 %, section 4"),
    "prostate": Parameter(0.10, METASTATIC, "12 %, section 4"),
    "breast": Parameter(0.02, METASTATIC, PLAUSIBLE),
    "other": Parameter(0.01, METASTATIC, PLAUSIBLE),
}
RIB_ROWS = Parameter(0.05, METASTATIC, "transfer")
CONFLUENT_SHARE = Range(0.3, 0.98, "of vertebrae", "choice")
MANY_LESIONS = Range(18.0, 60.0, "lesions", "transfer")
FEW_LESIONS = (
    Parameter(5.0, "lesions, mean beyond the first", "4.5-8.8 a patient, section 4"),
    Parameter(1.1, "dispersion of the negative binomial", "section 4"),
)
PAPER_LESIONS = (
    Parameter(3.4, "lesions, mean beyond the first", "2.86 and 3.18 a view, Xie 2025"),
    Parameter(0.9, "dispersion of the negative binomial", "the same"),
)
PAPER_MOST_LESIONS = Parameter(15.0, "lesions", "13 and 17 a view at most, Xie 2025")
SUPERSCAN_GAIN = Range(2.0, 4.0, NORMAL, "3-5 times, section 4")
SUPERSCAN_WASHOUT = Parameter(5.0, "divides kidneys", "3-10, section 4")

BENIGN_GAIN = LogNormal(0.65, 0.64, NORMAL, "ratio 1.45-2.1, section 4")
WEAR = (
    Parameter(0.4, "on all wear, half of the patients", "choice"),
    Parameter(1.6, "on all wear, the others", "choice"),
)
BOTH_SIDES = Parameter(0.4, "of worn joints", "often symmetric, section 5")
RIB_FRACTURES = Parameter(0.12, PATIENTS, "8-15 %, section 5")
ANTERIOR_FRACTURES = Parameter(0.8, "of fractures", "82 % anterior, section 4")
COSTOCHONDRAL = Parameter(0.18, PATIENTS, "20-40 % with dental, section 5")
DENTAL = Parameter(0.3, PATIENTS, "section 5")
UNEVEN = Parameter(0.6, "faint foci a patient", "transfer")
BONE_DISEASE = {
    "collapse": Parameter(0.05, "of patients at 70 years", "choice"),
    "Paget": Parameter(0.01, "of patients at 70 years", "1-4 %, section 5"),
    "dysplasia": Parameter(0.005, PATIENTS, "1-4 %, section 5"),
    "osteoarthropathy": Parameter(0.04, "of lung cancers", "4 %, section 5"),
}
COLLAPSE_GAIN = Range(1.5, 5.0, NORMAL, "choice")
PAGET_GAIN = Range(2.0, 6.0, NORMAL, "choice")
DYSPLASIA_GAIN = Range(1.0, 3.0, NORMAL, "choice")
OSTEOARTHROPATHY_GAIN = Range(0.6, 1.8, NORMAL, "choice")
PROSTHESIS_UPTAKE = Parameter(0.25, "of normal", "metal before and between bone: choice")
IMPLANTS = {
    "hip": Parameter(0.02, "of patients at 65 years", "5-8 % all implants, section 5"),
    "knee": Parameter(0.02, "of patients at 65 years", "the same"),
    "pacemaker": Parameter(0.012, PATIENTS, "the same"),
    "buckle": Parameter(0.012, PATIENTS, "the same"),
    "breast": Parameter(0.10, "of women", "breast attenuation: choice"),
}

SPILL = LogNormal(22_000.0, 0.9, "mm3 of lumbar vertebra", "choice; over 255 counts in 1 of 5, 3.1")
INJECTION = LogNormal(30_000.0, 1.1, "mm3 of lumbar vertebra", "choice")
TRACER_OUTSIDE = {
    "ureter": Parameter(0.06, PATIENTS, "5 %, section 5"),
    "thyroid cartilage": Parameter(0.12, PATIENTS, "20-40 % with dental, section 5"),
    "contamination": Parameter(0.09, PATIENTS, "5-10 %, section 5"),
    "injection site": Parameter(0.10, PATIENTS, "10 %, section 5"),
}
