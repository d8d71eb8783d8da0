"""What the networks cost."""

import pytest

from BMLesionSegLib.networks import ARCHITECTURES, network_facts, networks_list

COSTS = {
    "multi_attention": (29_244_801, 19.31),
    "u_net": (31_042_369, 48.09),
    "u_net_plus_plus": (9_162_852, 34.45),
    "attention_u_net": (34_877_421, 66.35),
    "res_u_net_a": (57_994_657, 45.17),
    "amsunet": (2_619_289, 5.96),
    "cmunext": (3_148_897, 7.21),
    "multi_inception_u_net": (13_366_209, 17.52),
    "rar_u_net": (39_156_097, 71.19),
    "ic_u_net_plus_plus": (3_286_152, 9.47),
    "cao_2023": (31_043_268, 48.10),
    "liu_2022": (24_430_097, 7.71),
}
READINGS = {
    "multi_attention",
    "multi_inception_u_net",
    "rar_u_net",
    "ic_u_net_plus_plus",
    "cao_2023",
    "liu_2022",
}


@pytest.mark.parametrize(
    ("architecture", "preset", "parameters", "gmac"),
    [
        ("multi_attention", "small", 7_357_057, 4.84),
        ("multi_attention", "small-pair", 7_358_116, 9.82),
        ("u_net", "base32", 7_765_409, 12.03),
        ("rar_u_net", "base32", 9_798_789, 17.82),
    ],
)
def test_other_presets_cost_what_is_published(architecture, preset, parameters, gmac):
    facts = network_facts(architecture, preset)
    assert facts.parameters == parameters
    assert facts.gmac == gmac


def test_list_has_one_row_an_architecture_in_the_size_that_is_compared():
    rows = networks_list()
    assert [facts.name for facts in rows] == list(ARCHITECTURES)
    assert {facts.name: (facts.parameters, facts.gmac) for facts in rows} == COSTS


def test_every_source_says_whether_it_is_exact():
    exact = {name for name, row in ARCHITECTURES.items() if ", exact" in row.source}
    readings = {name for name, row in ARCHITECTURES.items() if ", our reading of" in row.source}
    assert readings == READINGS
    assert exact == set(ARCHITECTURES) - READINGS
