"""Addresses, as machines follow them and as people type them."""

from __future__ import annotations

import pytest

from studyguide.latex.addresses import encode_address, readable_address


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("https://example.org/vote", "https://example.org/vote"),
        ("HTTPS://example.org", "https://example.org"),
        ("https://straße.example/ü?q=a b", "https://xn--strae-oqa.example/%C3%BC?q=a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9"),
        ("mailto:ana@example.org?subject=Wells", "mailto:ana@example.org?subject=Wells"),
    ],
)
def test_an_address_is_written_in_the_characters_of_rfc_3986(address: str, encoded: str) -> None:
    """Letters outside ASCII become percent codes, in the host Punycode; codes stay."""
    assert encode_address(address) == encoded


@pytest.mark.parametrize(
    ("address", "readable"),
    [
        ("https://example.org/", "example.org"),
        ("http://example.org/wells/", "example.org/wells"),
        ("https://example.org/?q=/", "example.org/?q=/"),
        ("mailto:ana@example.org", "ana@example.org"),
        ("mailto:ana@example.org?subject=Wells%20and%20rain", "ana@example.org"),
        ("https://example.org/caf%C3%A9", "example.org/café"),
        ("https://example.org/%ED%95%9C%EA%B5%AD", "example.org/한국"),
        ("https://example.org/a%2Fb%20c", "example.org/a%2Fb%20c"),
        ("https://example.org/%FF", "example.org/%FF"),
        ("https://xn--fiq228c.example/", "中文.example"),
        ("https://xn--e1afmkfd.xn--p1ai/", "пример.рф"),
    ],
)
def test_an_address_is_printed_as_a_person_can_type_it(address: str, readable: str) -> None:
    """Scheme and last slash go; letters are shown where typing them leads to the same place."""
    assert readable_address(address) == readable


def test_a_host_that_passes_for_another_is_printed_in_punycode() -> None:
    """Cyrillic letters that look Latin are not shown as if they were Latin."""
    assert readable_address(encode_address("https://аррӏе.com/")).startswith("xn--")
    assert readable_address(encode_address("https://exаmple.com/")).startswith("xn--")
