"""Figures of 54 real notices, as public pages state them; the words are not theirs. Each is a facts file by hand."""

from typing import Any

Row = dict[str, Any]


def of(name: str, registered: int | None, seen: int | None = None, failed: int | None = None, printed: str = "", share: str = "", scope: str = "全市", mode: str = "half_up") -> list[Row]:  # fmt: skip
    """How many there are, were inspected and failed, with the rates as printed."""
    rows: list[Row] = []
    if registered is not None:
        rows.append({"kind": f"{name}.registered", "scope": scope, "n": registered})
    if seen is not None:
        whole = {"of": registered} if registered is not None else {}
        rows.append(
            {"kind": f"{name}.inspected", "scope": scope, "n": seen, **whole, **({"printed": share} if share else {})}
        )
    if failed is not None:
        base = seen if seen is not None else registered
        assert base is not None
        rows.append(
            {
                "kind": f"{name}.passed",
                "scope": scope,
                "n": base - failed,
                "of": base,
                "mode": mode,
                **({"printed": printed} if printed else {}),
            }
        )
        rows.append({"kind": f"{name}.failed", "scope": scope, "n": failed, "of": base})
    return rows


def sites(*args: Any, **more: Any) -> list[Row]:
    return of("sites", *args, **more)


def accounts(*args: Any, **more: Any) -> list[Row]:
    return of("accounts", *args, **more)


def split(kind: str, dimension: str, **parts: int) -> list[Row]:
    return [{"kind": kind, "scope": f"{dimension}/{name}", "n": n} for name, n in parts.items()]


def fig(
    kind: str, n: int | None = None, of_: int | None = None, printed: str = "", scope: str = "全市", **more: Any
) -> list[Row]:
    row: Row = {"kind": kind, "scope": scope}
    row |= {"n": n} if n is not None else {}
    row |= {"of": of_} if of_ is not None else {}
    row |= {"printed": printed} if printed else {}
    return [row | more]


def ledger(head: str, **numbers: int) -> list[Row]:
    return [{"kind": f"{head}.{name}", "n": n} for name, n in numbers.items()]


WHOLE_S = [{"kind": "sites.registered", "by": "level"}]
WHOLE_A = [{"kind": "accounts.registered", "by": "platform"}]
NOTICES: dict[str, tuple[Any, list[Row], list[Row]]] = {
    "01 沈阳 2023-04": ({"name": "2023-04", "nth": 4}, [
        *sites(56, 56, 0, share="100"), *fig("sites.clean", 54, 56, "96"), *split("sites.registered", "level", 市门户=1, 区县门户=13, 部门=42),
        *fig("sites.clean", 13, 13, scope="level/区县门户"), *fig("sites.clean", 40, 42, scope="level/部门"), *accounts(273, 273, 0, share="100"),
        *ledger("messages", received=6, true=2, units=4, closed=2), *ledger("reports", sent=45, used=32)], WHOLE_S),
    "02 沈阳 2022-10": ({"name": "2022-10", "nth": 10}, [*sites(57, 57), *fig("sites.clean", 51, 57, "89"), *split("sites.clean", "level", 市门户=1, 区县门户=11, 部门=39)], [{"kind": "sites.clean", "by": "level"}]),
    "03 沈阳 2025": ("2025", [*sites(54), *accounts(229, 229, 0), *ledger("checks", full=12)], []),
    "04 国办 2020": ("2020", [*fig("sites.inspected", 328), *fig("sites.passed", None, 328, "91.8"), *split("sites.inspected", "level", 地方门户=92, 部委门户=61), *accounts(None, 728, 59, "91.9"), *split("accounts.inspected", "group", 甲类=417, 乙类=311)], [{"kind": "accounts.inspected", "by": "group"}]),
    "05 国办 2017Q2": ("2017-Q2", [*sites(36916), *split("sites.registered", "level", 甲=2133, 乙=32, 丙=2543, 丁=519, 戊=16646, 己=2778, 庚=12265), *fig("sites.sampled", 524), *fig("sites.below", 8616, 36916, "23"), *fig("sites.passed.before", 3, 100, "3", measure="points")], WHOLE_S),
    "06 湖南 2019-2": ("2019-02", [*sites(None, 638, 12, "98.12"), *accounts(None, 141, 38, "73.05"), *fig("messages.received", 434), *fig("messages.in_time", 434, 434, "100"), *fig("units.full", 9)], []),
    "07 湖南 2022Q1": ("2022-Q1", [*sites(None, 617, 1, "99.84"), *fig("tests.asked", 136), *fig("tests.answered", 61, 136), *accounts(None, 2420, 6, "99.75"), *fig("units.full", 10)], []),
    "08 湖南 2022Q3": ("2022-Q3", [*sites(None, 620, 0), *fig("tests.asked", 51), *fig("tests.answered", 23, 51), *accounts(None, 2432, 4, "99.84"), *fig("units.full", 13)], []),
    "09 湖南 2023Q3": ("2023-Q3", [*sites(None, 617, 1, "99.84"), *fig("messages.received", 197), *fig("messages.in_time", 197, 197, "100"), *accounts(None, 2435, 5, "99.79")], []),
    "10 广东 2025Q1": ("2025-Q1", [*sites(None, 510, 4, "99.22"), *fig("units.full", 18, 21), *fig("messages.received", 361), *fig("messages.in_time", 361, 361, "100"), *accounts(None, 2821, 8, "99.72")], []),
    "11 安徽 2021Q1": ({"name": "2021-03-09..2021-04-07"}, [*sites(839, 839, 0), *fig("sites.bonus", 158, 165, "95.7", mode="truncate"), *accounts(5413)], []),
    "12 安徽 2023Q3": ({"name": "2023-08-23..2023-08-25"}, [*sites(840, 840, 0), *accounts(3316, 1658, 5, "99.70", "50")], []),
    "13 河南 2022Q4": ("2022-Q4", [*sites(887, 887), *fig("accounts.inspected", 3857), *fig("accounts.passed", 3851, 3857, "99.8"), *fig("accounts.failed", 6)], []),
    "14 贵州 2023Q3": ({"name": "2023-Q3", "cutoff": "2023-09-18"}, [*sites(434, 434, 0), *split("sites.registered", "level", 甲=1, 乙=93, 丙=9, 丁=238, 戊=88, 己=5), *fig("reminders.slips", 659), *fig("reminders.slips_closed", 653, 659, "99.1")], WHOLE_S),
    "15 贵州 2025Q2": ("2025-Q2", [*accounts(None, 471), *fig("accounts.passed", None, 471, "90.87"), *split("accounts.inspected", "platform", 微信=203, 微博=127, 抖音=88, 头条号=53), *fig("accounts.passed", None, 203, "95.57", "platform/微信"), *fig("accounts.passed", None, 127, "92.13", "platform/微博"), *fig("accounts.passed", None, 88, "90.91", "platform/抖音"), *fig("accounts.passed", None, 53, "69.81", "platform/头条号")], [{"kind": "accounts.inspected", "by": "platform"}, {"kind": "accounts.passed", "by": "platform"}]),
    "16 四川 2021": ("2021", [*sites(None, 919, 7, "99.24"), *fig("units.full", 18), *accounts(None, 815, 3, "99.63"), *split("accounts.inspected", "group", 省直=494, 市州=321), *fig("accounts.sampled", 197)], [{"kind": "accounts.inspected", "by": "group"}]),
    "17 四川 2022": ("2022", [*sites(None, 804, 5, "99.38"), *accounts(5360, 2718, 8, "99.71", "50.71"), *split("accounts.inspected", "group", 全查=701, 抽查=2017)], [{"kind": "accounts.inspected", "by": "group"}]),
    "18 四川 2025Q1": ("2025-Q1", [*sites(None, 735, 1, "99.86"), *accounts(None, 4133, 2, "99.95")], []),
    "19 浙江 2021Q4": ("2021-Q4", [*sites(None, 561, 3, "99.5"), *accounts(None, 5717, 28, "99.51"), *fig("accounts.stale", 20)], []),
    "20 浙江 2022Q3": ({"name": "2022-Q3", "cutoff": "2022-09-20"}, [*accounts(None, 3120, 2, "99.94"), *fig("accounts.registered", 3120), *fig("accounts.registered.before", -824, 3944, "-20.9", measure="relative")], []),
    "21 浙江 2023Q3": ("2023-Q3", [*sites(None, 540), *split("sites.inspected", "level", 门户=102, 部门=438), *fig("scores.mean", 11580 * 102, 102, "115.8"), *fig("scores.max", 12250, 1, "122.5"), *fig("scores.min", 10840, 1, "108.4"), *fig("scores.band", 9, 102, scope="band/≥120")], [{"kind": "sites.inspected", "by": "level"}]),
    "22a 重庆 2023Q2": ("2023-Q2", [*sites(None, 88, 3, "96.6"), *fig("scores.band", 23, scope="band/≥110"), *fig("scores.band", 33, scope="band/100–110"), *accounts(None, 1146), *fig("accounts.passed", 1143, 1146, "99.7")], []),
    "22b 重庆 2024Q2": ("2024-Q2", [*sites(None, 85, 0), *fig("scores.band", 47, scope="band/≥110"), *fig("scores.band", 25, scope="band/100–110"), *fig("accounts.inspected", 1142), *fig("accounts.passed", 1132, 1142, "99.12")], []),
    "23 无锡 2021Q4": ("2021-Q4", [*accounts(461, 461, 24, "95.0"), *split("accounts.registered", "group", 市级=146, 区级=315), *split("accounts.registered", "platform", 微信=326, 微博=83, 客户端=6, 其他=46)], [*WHOLE_A, {"kind": "accounts.registered", "by": "group"}]),
    "24 宜昌 2020-4": ({"name": "2020-第4次", "from": "2020-11-11", "to": "2020-11-17"}, [*sites(55, 55, 0), *split("sites.registered", "level", 市门户=1, 区县门户=13, 部门=41), *accounts(402, 282, 0, share="70"), *split("accounts.registered", "platform", 微信=334, 微博=42, 其他=26)], [*WHOLE_S, *WHOLE_A]),
    "25 株洲 2022Q4": ("2022-Q4", [*sites(51, 51, 3, "94"), *split("sites.registered", "level", 市级=42, 区县门户=9), *accounts(212, 212, 3, "98.6")], WHOLE_S),
    "26 咸宁 2020Q3": ("2020-Q3", [*sites(40, 40), *fig("sites.faulty", 30, 40), *fig("sites.good", 38, 40, "95"), *accounts(139, 139, 39, "72"), *split("accounts.registered", "group", 市直=22, 县区=117)], [{"kind": "accounts.registered", "by": "group"}]),
    "27 淮南 2019-10": ("2019-10", [*sites(51, 51, 2, "96"), *split("sites.registered", "level", 市门户=1, 区县门户=8, 部门=42), *accounts(118), *split("accounts.registered", "group", 市直=45, 县区=73), *fig("accounts.closed", 200)], WHOLE_S),
    "28 阜阳 2020-10": ("2020-10", [*sites(49, 49), *fig("sites.passed", 45, 49), *fig("sites.basic", 4, 49), *fig("sites.failed", 0, 49), *ledger("reports", sent=601, used=411), *split("reports.used", "group", 县区=180, 部门=231), *fig("accounts.stale", 2)], [{"kind": "reports.used", "by": "group"}]),
    "29 中卫 2024Q1": ("2024-Q1", [*sites(4, 4, 0), *split("sites.registered", "level", 市门户=1, 区县门户=3), *accounts(67, 67, 0), *split("accounts.registered", "platform", 微信=28, 微博=13, 抖音=5, 快手=8, 头条号=6, 视频号=3, 甲平台=1, 乙平台=1, 丙平台=1, 丁平台=1)], [*WHOLE_S, *WHOLE_A]),
    "30 雅安 2021Q2": ({"name": "2021-Q2", "cutoff": "2021-06-07"}, [*sites(35, 35, 0), *split("sites.registered", "level", 市门户=1, 区县门户=8, 部门=26), *accounts(337, 337, 0), *split("accounts.registered", "platform", 微博=85, 微信=209, 抖音=8, 其他=35)], [*WHOLE_S, *WHOLE_A]),
    "31 商丘 2020Q4": ("2020-Q4", [*accounts(149, 149, 29, "80.5"), *fig("units.full", 2)], []),
    "32 三明 2021Q3": ({"name": "2021-09-06..2021-09-10"}, [*sites(42, 42, 0), *accounts(135, 135, 0), *fig("accounts.reopened", 2), *fig("accounts.to_close", 65)], []),
    "33a 福州 2019Q3": ("2019-Q3", [*sites(39), *split("sites.registered", "level", 市级=27, 区县门户=12), *accounts(314, 314, 55, "82.48")], WHOLE_S),
    "33b 福州 2020Q2": ("2020-Q2", [*accounts(255, 255, 11, "95.7")], []),
    "34 甘孜 2024Q3": ("2024-Q3", [*sites(38, 38, 11), *split("sites.registered", "level", 州门户=1, 县门户=19, 部门=18), *accounts(145, 145, 10), *fig("accounts.unfiled", 11)], WHOLE_S),
    "35 隆阳 2022Q4": ("2022-Q4", [*fig("columns.units", 55), *fig("items.published", 5965), *split("items.published", "group", 甲=662, 乙=5303), *ledger("letters", received=94), *accounts(51, 51, 3, "94.12"), *fig("rectified.silent", 15)], [{"kind": "items.published", "by": "group"}]),
    "36 保定 2023Q1": ("2023-Q1", [*ledger("tasks", repost=2), *ledger("checks", full=1, special=4), *fig("messages.received", 7), *fig("messages.in_time", 7, 7, "100")], []),
    "37 长沙县 2023Q1": ("2023-Q1", [*fig("items.published", 7445), *ledger("reminders", columns=890, accounts=280), *fig("letters.received", 309), *fig("letters.in_time", 292, 309, "94.5"), *accounts(38), *split("accounts.registered", "platform", 甲=4, 乙=17, 丙=3, 丁=3, 戊=1, 己=10)], WHOLE_A),
    "38 郎溪 2022-12": ("2022-12", [*fig("sites.inspected", 41), *fig("sites.passed", None, 41, "87.8"), *accounts(40, 40, 0), *split("accounts.registered", "platform", 微信=29, 微博=6, 抖音=4, 其他=1)], WHOLE_A),
    "39 扎兰屯 2025Q3": ("2025-Q3", [*ledger("reports", sent=1145, used=358, above=92), *split("reports.sent", "group", 甲=583, 乙=562), *split("reports.used", "group", 甲=194, 乙=164), *accounts(31), *fig("items.wrong", 91)], [{"kind": "reports.sent", "by": "group"}, {"kind": "reports.used", "by": "group"}]),
    "40 金普 2025Q3": ("2025-Q3", [*accounts(30, 30, 0), *split("accounts.registered", "platform", 甲=22, 乙=1, 丙=2, 丁=3, 戊=1, 己=1), *ledger("reminders", alerts=25, columns=35, reports=13)], WHOLE_A),
    "41 泉港 2024Q3": ("2024-Q3", [*fig("columns.due", 238), *accounts(18), *ledger("items", misstated=5, wrong=5)], []),
    "42 钦州 2025Q3": ("2025-Q3", [*sites(28), *split("sites.registered", "level", 市级=5, 区县=23), *accounts(114), *split("accounts.registered", "platform", 微信=71, 视频号=26, 微博=9, 抖音=7, 其他=1), *fig("staff.reviewing", 8)], [*WHOLE_S, *WHOLE_A]),
    "43 盘锦 2022-08": ("2022-08", [*sites(34), *accounts(104), *fig("messages.received", 8)], []),
    "44 江苏 2017Q3": ("2017-Q3", [*fig("sites.inspected", 277), *fig("sites.passed", None, 277, "94.2"), *fig("sites.failed", 16, 277), *fig("sites.passed.before", 11, 1000, "1.1", measure="points")], []),
    "45 湖北 2018-2": ("2018-02", [*sites(798, 639, 16, "97.5")], []),
    "46 青海 2020Q3": ("2020-Q3", [*sites(None, 134, 8, "94.3"), *accounts(None, 381, 63, "83.5")], []),
    "47 福建 2022": ("2022", [*sites(126), *split("sites.registered", "level", 甲=34, 乙=10, 丙=82), *fig("scores.mean", 7665 * 34, 34, "76.65", scope="group/甲"), *fig("scores.mean", 7070 * 82, 82, "70.7", scope="group/丙")], WHOLE_S),
    "48 福州 2021Q2": ("2021-Q2", [*sites(60), *split("sites.registered", "level", 甲=48, 乙=12), *accounts(422), *split("accounts.registered", "platform", 甲=302, 乙=56, 丙=16, 丁=13, 戊=19, 己=7, 庚=9)], [*WHOLE_S, *WHOLE_A]),
    "49 杨陵 2025Q1": ("2025-Q1", [*accounts(37, 37, 11)], []),
    "50 江西 2021Q4": ("2021-Q4", [*sites(531, 531, 11, "97.93"), *fig("sites.passed.before", 206, 10000, "2.06", measure="points"), *accounts(3454, 1944, 33, "98.30", "56.28"), *fig("accounts.passed.before", -37, 10000, "-0.37", measure="points")], []),
    "51 鞍山 2023-09": ("2023-09", [*sites(30, 30, 0), *fig("visits.sites", 120), *accounts(122, 122, 0), *fig("visits.accounts", 488), *ledger("messages", received=4, true=4), *fig("messages.in_time", 4, 4)], []),
    "52 甘肃 2021Q2": ({"name": "2021-Q2", "cutoff": "2021-06-30"}, [*accounts(4935, 591, 25, "95.77", "12")], []),
    "53 甘肃 2020Q3": ({"name": "2020-Q3", "cutoff": "2020-09-04"}, [*accounts(4343), *fig("accounts.closed", 1214)], []),
    "54 某市 2025 第5次": ({"name": "2025-第5次", "from": "2025-05-08", "to": "2025-05-26"}, [*sites(33, 33, 0), *accounts(69, 69, 0)], []),
    "辽宁 2023Q4": ("2023-Q4", [*sites(None, 556, 3, "99.4", mode="truncate"), *accounts(None, 1940, 2, "99.8", mode="truncate")], []),
    "辽宁 2020-09": ("2020-09", [*sites(557, 200, 1, "99.5", "36"), *accounts(None, 320, 3, "99", mode="truncate")], []),
}  # fmt: skip
# Their own sums are wrong; what has to be said of them.
WRONG = {
    "23 无锡 2021Q4": "写的是 95.0%，按 437/461 应为 94.8%",
    "46 青海 2020Q3": "写的是 94.3%，按 126/134 应为 94.0%",
}
