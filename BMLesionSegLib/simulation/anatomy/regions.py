"""The twelve skeletal regions of a region map, and which bone group belongs to which."""

from enum import IntEnum


class Region(IntEnum):
    """Values of a region map; 0 means no region (distal limbs are left out on purpose)."""

    SKULL = 1
    CERVICAL = 2
    THORACIC = 3
    LUMBAR = 4
    SACRUM = 5
    PELVIS = 6
    RIBS = 7
    SCAPULA = 8
    CLAVICLE = 9
    STERNUM = 10
    HUMERUS = 11
    FEMUR = 12


REGION_OF_GROUP: dict[str, Region] = {
    "vault": Region.SKULL,
    "skull base": Region.SKULL,
    "face": Region.SKULL,
    "mandible": Region.SKULL,
    "cervical": Region.CERVICAL,
    "thoracic": Region.THORACIC,
    "lumbar": Region.LUMBAR,
    "sacrum": Region.SACRUM,
    "sacroiliac": Region.PELVIS,
    "ilium": Region.PELVIS,
    "iliac spine": Region.PELVIS,
    "acetabulum": Region.PELVIS,
    "pubis": Region.PELVIS,
    "ischium": Region.PELVIS,
    "rib": Region.RIBS,
    "scapula": Region.SCAPULA,
    "glenoid": Region.SCAPULA,
    "clavicle": Region.CLAVICLE,
    "manubrium": Region.STERNUM,
    "sternum": Region.STERNUM,
    "humeral head": Region.HUMERUS,
    "humerus": Region.HUMERUS,
    "femoral head": Region.FEMUR,
    "femur": Region.FEMUR,
}
