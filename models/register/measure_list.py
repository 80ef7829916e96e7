"""Which indicators the register can tell, and how each is counted."""

from __future__ import annotations

from models.register.measure_rules import (
    FUND,
    GOOD_OR_FAIR,
    HTX,
    LHHTX,
    STOPPED,
    THT,
    Counted,
    MeasureRule,
    active,
    agricultural,
    average_of,
    count_of,
    growth_of,
    in_class,
    in_sector,
    in_state,
    part_of,
    share_of,
    standing,
    sum_of_rules,
    total_of,
)
from models.register.measure_tally import Question, Tally
from models.register.organization import OperatingState

NO_STATE = "Danh sách không ghi tình trạng hoạt động."
NO_SECTOR = "Danh sách không ghi lĩnh vực."
NO_REPORT = "Chưa có báo cáo năm nào ghi con số này."
NO_RATING = "Chưa có kết quả xếp loại của năm này."


def _standing_rule(kind: str, name: str) -> MeasureRule:
    """Count the organisations of a kind; the coverage is the part that the year's own list mentions."""
    ever = Question(lambda group: group.kind == kind, lambda _: True)
    asked = Question(standing(kind), lambda group: group.is_stated_this_year)

    def tell(now: Tally, _before: Tally) -> Counted:
        if not now[ever][0]:
            return Counted(reason=f"Sổ đăng ký chưa có {name} nào, nên chưa biết là bao nhiêu.")
        fresh, old, _ = now[asked]
        return Counted(fresh + old, covered=int(fresh), total=int(fresh + old))

    return MeasureRule((ever, asked), tell)


RULES: dict[str, MeasureRule] = {
    "htx_count": _standing_rule(HTX, "HTX"),
    "lhhtx_count": _standing_rule(LHHTX, "LHHTX"),
    "tht_count": _standing_rule(THT, "THT"),
    "qtdnd_count": _standing_rule(FUND, "QTDND"),
    "htx_active_count": count_of(standing(HTX), in_state(OperatingState.ACTIVE), NO_STATE),
    "htx_stopped_count": count_of(standing(HTX), in_state(*STOPPED), NO_STATE),
    "htx_suspended_count": count_of(standing(HTX), in_state(OperatingState.SUSPENDED), NO_STATE),
    "htx_not_converted_count": count_of(standing(HTX), in_state(OperatingState.NOT_CONVERTED), NO_STATE),
    "htx_new_count": count_of(lambda g: g.kind == HTX, lambda g: g.is_new, "Danh sách không ghi ngày thành lập."),
    "htx_agri_count": count_of(standing(HTX), in_sector(True), NO_SECTOR),
    "htx_agri_active_count": count_of(active(HTX), in_sector(True), NO_SECTOR),
    "htx_nonagri_count": count_of(standing(HTX), in_sector(False), NO_SECTOR),
    "htx_agri_share": share_of(standing(HTX), in_sector(True), NO_SECTOR),
    "lhhtx_agri_count": count_of(standing(LHHTX), in_sector(True), NO_SECTOR),
    "tht_agri_count": count_of(standing(THT), in_sector(True), NO_SECTOR),
    "htx_member_count": total_of(standing(HTX), "member_count", NO_REPORT),
    "htx_lhhtx_member_count": sum_of_rules(
        total_of(standing(HTX), "member_count", NO_REPORT),
        total_of(standing(LHHTX), "member_count", "Chưa có báo cáo năm của LHHTX."),
    ),
    "htx_agri_member_count": total_of(agricultural(HTX), "member_count", NO_REPORT),
    "tht_member_count": total_of(standing(THT), "member_count", NO_REPORT),
    "ktt_member_count": sum_of_rules(
        total_of(standing(HTX), "member_count", NO_REPORT),
        total_of(standing(THT), "member_count", "Chưa có báo cáo năm của THT."),
    ),
    "htx_worker_count": total_of(standing(HTX), "worker_count", NO_REPORT),
    "htx_member_worker_count": total_of(standing(HTX), "member_worker_count", NO_REPORT),
    "htx_agri_worker_count": total_of(agricultural(HTX), "worker_count", NO_REPORT),
    "htx_good_fair_share": share_of(standing(HTX), in_class(*GOOD_OR_FAIR), NO_RATING),
    "htx_weak_count": count_of(standing(HTX), in_class("weak"), NO_RATING),
    "htx_agri_rated_good_share": share_of(agricultural(HTX), in_class("good"), NO_RATING),
    "htx_agri_rated_fair_share": share_of(agricultural(HTX), in_class("fair"), NO_RATING),
    "htx_agri_rated_average_share": share_of(agricultural(HTX), in_class("average"), NO_RATING),
    "htx_law_compliant_share": share_of(
        active(HTX), lambda g: g.is_law_compliant, "Danh sách không ghi đã chuyển đổi theo Luật hay chưa.", ticks=True
    ),
    "htx_linked_count": count_of(standing(HTX), lambda g: g.is_linked, NO_REPORT),
    "htx_linked_share": share_of(standing(HTX), lambda g: g.is_linked, NO_REPORT, ticks=True),
    "htx_agri_linked_count": count_of(agricultural(HTX), lambda g: g.is_linked, NO_REPORT),
    "htx_agri_linked_share": share_of(agricultural(HTX), lambda g: g.is_linked, NO_REPORT, ticks=True),
    "htx_hightech_count": count_of(standing(HTX), lambda g: g.is_high_tech, NO_REPORT),
    "tht_hightech_count": count_of(standing(THT), lambda g: g.is_high_tech, NO_REPORT),
    "htx_agri_hightech_count": count_of(agricultural(HTX), lambda g: g.is_high_tech, NO_REPORT),
    "htx_agri_hightech_share": share_of(agricultural(HTX), lambda g: g.is_high_tech, NO_REPORT, ticks=True),
    "htx_ocop_count": count_of(standing(HTX), lambda g: g.has_ocop, NO_REPORT),
    "ocop_products_of_htx": total_of(standing(HTX), "ocop_product_count", NO_REPORT),
    "manager_count": total_of(standing(HTX), "manager_count", NO_REPORT),
    "manager_trained_share": part_of(standing(HTX), "manager_trained_count", "manager_trained_count:whole", NO_REPORT),
    "manager_degree_share": part_of(standing(HTX), "manager_degree_count", "manager_degree_count:whole", NO_REPORT),
    "female_director_share": share_of(standing(HTX, LHHTX), lambda g: g.is_director_female, NO_REPORT, ticks=True),
    "htx_charter_capital_total_bn": total_of(standing(HTX), "charter_capital_mn", NO_REPORT, 0.001),
    "htx_charter_capital_avg_mn": average_of(standing(HTX), "charter_capital_mn", NO_REPORT),
    "htx_working_capital_total_bn": total_of(standing(HTX), "working_capital_mn", NO_REPORT, 0.001),
    "htx_revenue_total_bn": total_of(standing(HTX), "revenue_mn", NO_REPORT, 0.001),
    "htx_revenue_avg_mn": average_of(standing(HTX), "revenue_mn", NO_REPORT),
    "htx_agri_revenue_avg_mn": average_of(agricultural(HTX), "revenue_mn", NO_REPORT),
    "htx_profit_total_bn": total_of(standing(HTX), "profit_mn", NO_REPORT, 0.001),
    "htx_profit_avg_mn": average_of(standing(HTX), "profit_mn", NO_REPORT),
    "tht_revenue_avg_mn": average_of(standing(THT), "revenue_mn", NO_REPORT),
    "tht_profit_avg_mn": average_of(standing(THT), "profit_mn", NO_REPORT),
    "htx_capital_growth": growth_of(standing(HTX), "working_capital_mn", "Chưa có báo cáo vốn hoạt động"),
    "htx_revenue_growth": growth_of(standing(HTX), "revenue_mn", "Chưa có báo cáo doanh thu"),
    "htx_profit_growth": growth_of(standing(HTX), "profit_mn", "Chưa có báo cáo lợi nhuận"),
}

FROM_REPORTS = frozenset(
    code
    for code in RULES
    if any(word in code for word in ("member", "worker", "linked", "hightech", "ocop", "manager", "director"))
    or code.endswith(("_mn", "_bn", "_growth"))
)  # only these are touched by an estimated yearly report

ESTIMATED = Question(lambda _: True, lambda group: group.is_estimate)
QUESTIONS = tuple(dict.fromkeys([ESTIMATED, *(asked for rule in RULES.values() for asked in rule.questions)]))
QUESTIONS_BEFORE = tuple(dict.fromkeys(asked for rule in RULES.values() for asked in rule.before))
