"""Places on a slide: rectangles that are split into columns and rows."""

from dataclasses import dataclass

from pptx.util import Emu, Pt

INSET = Pt(4)  # between a text box's edge and its text, on every side


@dataclass(frozen=True)
class Box:
    """A rectangle in EMU (914,400 per inch)."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def __contains__(self, other: "Box | None") -> bool:
        """Whether another one lies within this one; None does not."""
        if other is None:
            return False
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    @property
    def room(self) -> tuple[float, float]:
        """Width and height for text, in points."""
        return tuple(Emu(side - 2 * INSET).pt for side in (self.width, self.height))

    def columns(self, share: float, gap: int = Pt(18)) -> tuple["Box", "Box"]:
        """Two boxes side by side, the left one with `share` (0..1) of the width."""
        first = round((self.width - gap) * share)
        return (
            Box(self.left, self.top, first, self.height),
            Box(self.left + first + gap, self.top, self.width - first - gap, self.height),
        )

    def cut(self, height: int, gap: int = 0) -> tuple["Box", "Box"]:
        """A box of this height in EMU on top, and what is left below it after the gap."""
        return (
            Box(self.left, self.top, self.width, height),
            Box(self.left, self.top + height + gap, self.width, self.height - height - gap),
        )

    def parts(self, many: int, gap: int = Pt(14)) -> list["Box"]:
        """So many equal boxes side by side, `gap` EMU apart."""
        each = (self.width - gap * (many - 1)) // many
        return [
            Box(self.left + place * (each + gap), self.top, each, self.height)
            for place in range(many)
        ]

    def rows(self, many: int, gap: int = Pt(10)) -> list["Box"]:
        """So many equal boxes one below another, `gap` EMU apart."""
        each = (self.height - gap * (many - 1)) // many
        return [
            Box(self.left, self.top + place * (each + gap), self.width, each)
            for place in range(many)
        ]
