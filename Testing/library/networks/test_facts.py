"""What the networks cost."""

from BMLesionSegLib.networks import ARCHITECTURES, network_facts, networks_list


def test_small_costs_what_the_design_says():
    facts = network_facts("multi_attention", "small")
    assert facts.parameters == 7_357_057
    assert facts.gmac == 4.84


def test_list_has_one_row_an_architecture_in_the_papers_size():
    rows = {facts.name: facts for facts in networks_list()}
    assert list(rows) == list(ARCHITECTURES)
    assert rows["multi_attention"].parameters == 29_244_801
    assert rows["multi_attention"].gmac == 19.31
    assert rows["multi_attention"].source.startswith("Xie et al. 2025")
