"""A scan file that is full of a person: every place where a header can name somebody.

Every value is unlike any other and unlike anything that a program would write by chance.
"""

from pathlib import Path

import pydicom
from pydicom import Dataset
from pydicom.uid import UID

from Testing.library.nm_files import nm_file
from Testing.library.scans import SPACING, body_pair

FOLDER, FILE = "Qzxfolder^Jane 1931", "Qzxfile_1931.dcm"
NAMES = {
    "PatientName": "Qzxsurname^Qzxgiven^Qzxmiddle=邱^珍香",
    "OtherPatientNames": "Qzxother^Name",
    "PatientBirthName": "Qzxbirth^Name",
    "PatientMotherBirthName": "Qzxmother^Name",
    "ReferringPhysicianName": "Qzxreferring^Name",
    "PerformingPhysicianName": "Qzxperforming^Name",
    "NameOfPhysiciansReadingStudy": "Qzxreading^Name",
    "OperatorsName": "Qzxoperator^Name",
    "RequestingPhysician": "Qzxrequesting^Name",
    "ResponsiblePerson": "Qzxresponsible^Name",
}
NUMBERS = {
    "PatientID": "QZX-PID-8812",
    "OtherPatientIDs": "QZX-OTHER-8813",
    "IssuerOfPatientID": "QZX-ISSUER",
    "AccessionNumber": "QZX-ACC-8814",
    "StudyID": "QZX-STUDY-8815",
    "AdmissionID": "QZX-ADM-8816",
    "MedicalRecordLocator": "QZX-MRL-8817",
    "DeviceSerialNumber": "QZX-DEV-8818",
    "InsurancePlanIdentification": "QZX-INS-8819",
}
DATES = {
    "PatientBirthDate": "19310207",
    "StudyDate": "20140311",
    "SeriesDate": "20140312",
    "AcquisitionDate": "20140313",
    "ContentDate": "20140314",
    "AdmittingDate": "20140315",
    "StudyTime": "131713.247",
    "SeriesTime": "131714.248",
    "AcquisitionTime": "131715.249",
}
WORDS = {
    "PatientAddress": "Qzxstreet 17",
    "PatientTelephoneNumbers": "Qzx555 0117",
    "Occupation": "Qzxoccupation",
    "EthnicGroup": "Qzxethnic",
    "PatientComments": "Qzxcomment on the patient",
    "AdditionalPatientHistory": "Qzxhistory",
    "StudyDescription": "Qzxstudy of bones",
    "SeriesDescription": "Qzxseries whole body",
    "ProtocolName": "Qzxprotocol",
    "ImageComments": "Qzximage comment",
    "InstitutionName": "Qzxhospital",
    "InstitutionAddress": "Qzxtown",
    "InstitutionalDepartmentName": "Qzxdepartment",
    "StationName": "QZXSTATION",
    "ManufacturerModelName": "Qzxcamera",
    "RequestedProcedureDescription": "Qzxprocedure",
    "CurrentPatientLocation": "Qzxward",
}
UIDS = {
    "StudyInstanceUID": "2.25.7701001",
    "SeriesInstanceUID": "2.25.7701002",
    "SOPInstanceUID": "2.25.7701003",
    "FrameOfReferenceUID": "2.25.7701004",
}
DEEPER = {
    "private text": "Qzxprivate text",
    "private in a detector": "Qzxprivate detector",
    "meaning of a view": "Qzxview",
    "study of a request": "2.25.7701005",
    "physician of a request": "Qzxscheduled^Name",
    "preamble": "Qzxpreamble",
    "sending station": "QZXAETITLE",
    "private information of the file": "Qzxmeta",
    "folder name": FOLDER,
    "file name": FILE,
}
PLANTED = NAMES | NUMBERS | DATES | WORDS | UIDS | DEEPER


def planted_file(folder: Path) -> Path:
    """A scan of two frames with everything planted, in a folder and under a name that tell too."""
    path = folder / FOLDER / FILE
    path.parent.mkdir()
    nm_file(path, plant, counts=body_pair(), spacing=SPACING)
    dataset = pydicom.dcmread(path)
    dataset.preamble = PLANTED["preamble"].encode().ljust(128, b"\0")
    dataset.file_meta.SourceApplicationEntityTitle = PLANTED["sending station"]
    dataset.file_meta.PrivateInformationCreatorUID = UID("2.25.7701006")
    dataset.file_meta.PrivateInformation = PLANTED["private information of the file"].encode()
    dataset.save_as(path)
    return path


def plant(dataset: Dataset) -> None:
    """Fill the header."""
    for keyword, value in (NAMES | NUMBERS | DATES | WORDS | UIDS).items():
        setattr(dataset, keyword, value)
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    block = dataset.private_block(0x0033, "QZXPRIVATE", create=True)
    block.add_new(1, "LO", DEEPER["private text"])
    for name, item in zip(("ANT", "POST"), dataset.DetectorInformationSequence, strict=True):
        own = item.private_block(0x0055, "QZXPRIVATE", create=True)
        own.add_new(1, "LO", DEEPER["private in a detector"])
        (code,) = item.ViewCodeSequence
        code.CodeValue, code.CodingSchemeDesignator = "42", "99QZX"
        code.CodeMeaning = f"FACE {name} {DEEPER['meaning of a view']}"
    request, study = Dataset(), Dataset()
    request.ScheduledPerformingPhysicianName = DEEPER["physician of a request"]
    study.ReferencedSOPClassUID = "1.2.840.10008.3.1.2.3.1"
    study.ReferencedSOPInstanceUID = DEEPER["study of a request"]
    dataset.RequestAttributesSequence = [request]
    dataset.ReferencedStudySequence = [study]


def traces(data: bytes) -> set[str]:
    """The places whose value, or a part of it, stands in the data; upper or lower case."""
    found = data.decode("latin-1").casefold()
    return {
        place
        for place, value in PLANTED.items()
        if any(part.encode().decode("latin-1").casefold() in found for part in parts(place, value))
    }


def parts(place: str, value: str) -> list[str]:
    """What would give a value away: each part of a name, a date in any of its spellings."""
    if place in DATES and len(value) == 8:
        year, month, day = value[:4], value[4:6], value[6:]
        return [value, f"{year}-{month}-{day}", f"{day}.{month}.{year}", f"{month}/{day}/{year}"]
    pieces = value.replace("=", "^").split("^")
    return [piece for piece in pieces if piece != "Name"]
