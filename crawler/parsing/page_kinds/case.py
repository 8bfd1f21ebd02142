"""What the rules look at, and what they answer."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from crawler.parsing import kinds
from crawler.parsing.articles.article import Article
from crawler.parsing.html.charsets import Decoded
from crawler.parsing.html.lines import Line
from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.blocks import Block
from crawler.parsing.lists.column import Listing, read_listing
from domain.captured import Detail, Guide, Inquiry, Link, PageKind

_HEADED = 2.5  # article points for a headline with one labelled date above all lists
_HEADLINE = 8  # characters; shorter ones are names of columns


@dataclass(slots=True)
class OpenPage:
    """One page while it is being read."""

    tree: Tree
    url: str
    base: str
    decoded: Decoded
    as_of: datetime
    targets: dict[int, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class Verdict:
    """What a page is, by which rule and why."""

    kind: PageKind
    detail: Detail = Detail.NONE
    reasons: tuple[str, ...] = ()
    listing: Listing | None = None
    inquiries: tuple[Inquiry, ...] = ()
    guide: Guide | None = None
    rule: str = ""


@dataclass
class Case:
    """Everything a rule may look at. The lists of the page are read when the first rule asks for them."""

    page: OpenPage
    seen: kinds.Features
    article: Article
    lines: list[Line]
    home: bool
    status: int

    @cached_property
    def alone(self) -> tuple[float, list[str]]:
        """What speaks for an article, its lists not looked at."""
        return kinds.weigh(kinds.ARTICLE_SIGNS, self.seen)

    @cached_property
    def listing(self) -> Listing:
        """The lists of the page."""
        page = self.page
        return read_listing(page.tree, page.targets, self.seen, page.base, page.as_of, home=self.home)

    @cached_property
    def article_side(self) -> tuple[float, list[str]]:
        """What speaks for an article beside the lists of the page."""
        listing, article = self.listing, self.article
        points, why = self.alone
        if any(_is_summary(listing, block, article, self.page) for block in listing.blocks):
            points, why = kinds.weigh(kinds.ARTICLE_SIGNS, replace(listing.features, body=""))
        if _is_headed(self.page.tree, article, listing):
            points, why = points + _HEADED, [*why, "标题即页面标题，其下有唯一的发布日期"]
        return points, why

    @cached_property
    def list_side(self) -> tuple[float, list[str]]:
        """What speaks for a column."""
        return kinds.weigh(kinds.LIST_SIGNS, self.listing.features)

    @property
    def told(self) -> tuple[str, ...]:
        """Both sides in words."""
        (points, why), (listed, reasons) = self.article_side, self.list_side
        return (*why, *reasons, f"文章特征{points:.1f}，列表特征{listed:.1f}")

    @property
    def subject(self) -> Detail:
        """Whether it belongs to 政府信息公开."""
        return Detail.OPEN_INFO if kinds.is_open_info(self.seen) else Detail.NONE


def _is_headed(tree: Tree, article: Article, listing: Listing) -> bool:
    """Whether a headline of its own with one labelled date stands above all lists: they are comments, or other news."""
    title, seen = article.title, listing.features
    if article.labelled != 1 or len(title) < _HEADLINE or title not in seen.title or seen.paged:
        return False
    head = next((head for head in tree.heads if tree.text_of(head) == title), -1)
    first = min((block.container for block in listing.blocks if not block.side and block.tree is tree), default=head)
    return 0 <= head <= first


def _is_summary(listing: Listing, block: Block, article: Article, page: OpenPage) -> bool:
    """Whether the running text stands in a list: then it is the summary of an entry."""
    if block.tree is not page.tree or listing.features.dated < 2:
        return False
    if article.body == block.container:
        return block.dated >= 3
    ends = page.tree.ends
    if not any(node <= article.body < ends[node] for node in block.nodes):
        return False
    lengths = sorted(sum(map(len, page.tree.texts[node : ends[node]])) for node in block.nodes)
    return len(lengths) > 1 and lengths[-1] < 5 * lengths[-2]
