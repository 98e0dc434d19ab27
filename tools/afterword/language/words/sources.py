"""Who teaches what the lists rest on. Facts and terms are theirs, the sentences are ours."""

from __future__ import annotations

DEKKER_SHOULD = "Sidney Dekker, The Field Guide to Understanding Human Error, 2nd edition, chapter “They should have …”"
DEKKER_HINDSIGHT = (
    "Sidney Dekker, The Field Guide to Understanding Human Error, 2nd edition, chapter “The hindsight bias”"
)
ALLSPAW = "John Allspaw, Blameless PostMortems and a Just Culture, Etsy Code as Craft, 2012-05-22"
GOOGLE = "Site Reliability Engineering (Google, 2016), chapter 15, Postmortem Culture: Learning from Failure"
PAGERDUTY = "Julie Gunderson (PagerDuty), Postmortems, Continuous Learning and Enabling Blameless Culture, Conf42 2021"
REED = "J. Paul Reed on being blame-aware, PagerDuty, Postmortems and More, 2020"
MICROSOFT = "Microsoft Learn, Improve your reliability with modern operations practices: common traps to avoid"
AREOSA = "João Areosa, Herrar é umano: insistir no herro também, Análise Social 238 (2021)"
CAMRATUS = "Camratus, Blameless Post-mortem: phân tích lỗi không đổ lỗi"
BACH = "Bạch Đăng Tuấn, Học từ sự cố qua postmortem không đổ lỗi, cloudnative-vn.com"
DEKKER_BOOK = "Sidney Dekker, The Field Guide to Understanding Human Error, 3rd edition, 2014"
ATLASSIAN = "Atlassian, How to run a blameless postmortem"
