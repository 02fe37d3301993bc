"""What registered organisations do, by the classes of one scheme or another."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="register_classes",
    title="Classes of registered organisations",
    description="Each class a register or a study puts a registered organisation in.",
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("scheme", "VARCHAR", "Scheme of classes: `icnptso`, `ukcat`, `charity-commission`, `ccni`, `oscr`, `sic2007`.", required=True),
        Column("code", "VARCHAR", "Class by the code of its scheme, or by its words where the scheme has no codes.", required=True),
        Column("label", "VARCHAR", "Words the source gives for the class."),
        Column("probability", "DOUBLE", "How sure the study is, where a program put it in the class.", unit="share"),
        Column("listed_on", "DATE", "Day a list is of, where it tells one."),
        *ORIGIN,
    ),
)
