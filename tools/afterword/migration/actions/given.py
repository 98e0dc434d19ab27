"""Given names that many people bear and that are no words, products or places: whose an action is without a sign."""

from __future__ import annotations

import re

from afterword.migration.words import plain

_NAMES = """
    aaron abdul abigail adam adrian agnes ahmed aisha alan alejandro aleksander alessandro alex alexander
    alexandra alexandre alexey alice alicia alina alison amanda amelia amir amy ana anders andre andrea
    andreas andrei andrew andrzej andy angela anil anita anja anna anne annika anthony antoine anton antonio
    anya arjun arthur artur ashley barbara bartosz beatriz benjamin benoit bernard bernd beth björn bogdan
    boris brandon brenda brian bruno bryan camila camille carla carlos carmen caroline catherine cecilia
    charlotte chris christian christina christine christoph christophe christopher claire claudia clément
    colin connor craig cristina cynthia dan daniel daniela danielle danny dave david deborah deepak dennis
    derek diego dieter dimitri dmitry dominic dominik donald dorothy douglas duncan dustin edgar eduardo
    edward eleanor elena elisabeth elizabeth emily emma enrique eric erik erin esther ethan eugene eva evan
    fabian fabio fatima federico felipe fernanda fernando filip fiona florian francesca francesco francisco
    françois frederik gabriel gabriela gareth gary geoff george georgina gerald giovanni giulia gonzalo graham
    greg gregory guillaume gustavo hanna hannah hannes harald harriet harrison heather heidi helen henrik
    henry hiroshi holger ian ignacio igor ines ingrid irina isaac isabel isabella ivan jacob jakub jamal james
    jamie jana jane janet javier jeff jeffrey jennifer jeremy jessica jim joana joel johan johannes john
    johnny jonas jonathan jorge joseph josh joshua josé joão juan judith julia julian julie justin jürgen
    kamil karen karl karolina katarina kate katherine kathrin katie katrin kelly ken kenji kenneth kevin klaus
    kristin kristina krzysztof laura lauren leah lena leon leonardo leticia liam lidia lisa louise luca lucas
    lucia luis luisa luiz lukas lynn maciej magdalena manuel marc marcel marcin marco marcos marcus margaret
    maria mariana marie mario marius markus marta martha martin martina mary mateo mateusz mathias mathieu
    mathilde matt matteo matthew matthias maureen maurice megan mehmet melissa michael michal michele michelle
    miguel mike mikhail mohamed mohammed monika morgane nadia nancy naomi natalia natalie natasha nathan neil
    nicholas nick nicola nicolas nicole niklas nils nina oleg oliver olivia olivier omar oscar pablo pamela
    patricia patrick paul paula pauline pavel pedro peter petra philip philipp philippe pierre piotr priya
    rachel rafael rahul rajesh ralph ramesh raquel rebecca renata ricardo richard robert roberta roberto
    rodrigo roger roland ronald rosa ryan sabine samantha samir samuel sandra sanjay sara sarah sebastian
    selena sergei sergio shannon simon simona sophie stefan stefanie stephanie stephen steve steven stuart
    susan susanne suzanne sven sylvia tanja tatiana teresa theo theresa thiago thomas tiago tim timothy tobias
    tom tomasz tony tracy tristan ulrich uwe valentina valeria vanessa veronica victor vikram vincent vladimir
    wendy werner wolfgang xavier yann yasmin yusuf yvonne zoe zuzanna łukasz
"""
_GIVEN = frozenset(_NAMES.split())
_NAME = re.compile(r"(?P<first>[^\W\d_]{2,20})(?:\s[A-ZÀ-Ý](?:[^\W\d_]{0,20}|\.)){0,2}")

_TEAM = re.compile(
    r"(?:(?!(?:ask|by|for|from|of|see|tell|the|this|to|via|with)\b)[\w./&-]+(?:,\s?|\s(?:and\s)?)){1,4}teams?"
)


def team(text: str) -> str | None:
    """Which teams are meant by a text that names them and says nothing else: “web team”, “web, data teams”."""
    told = plain(text).strip(" .:")
    return told if len(told) <= 40 and _TEAM.fullmatch(told) else None


def given(text: str) -> str | None:
    """Who is meant by a text that is a name and nothing else: “Ann”, “Gareth E”, “dustin”."""
    told = plain(text).strip(" .:")
    found = _NAME.fullmatch(told)
    return told if found and found["first"].casefold() in _GIVEN else None
