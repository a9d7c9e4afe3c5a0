"""Django's forms in our own markup: label, who reads it, hint, errors, then the control."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class LookBoundField(BoundField):
    """A bound field that ties its control to the reader label, the hint and the errors."""

    @property
    def readers(self) -> str:
        """Who reads what is written here, as a list of roles; empty where nobody else does."""
        return getattr(self.field, "readers", "") or ""

    @property
    def is_group(self) -> bool:
        """Several controls under one legend: radio buttons, tick boxes, tiles."""
        return bool(self.use_fieldset)

    @property
    def is_tick(self) -> bool:
        return getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is not None and self.auto_id and not self.is_hidden and self.readers:
            return f"{self.auto_id}_readers {described}".strip()
        return described


class LookRenderer(TemplatesSetting):
    """FORM_RENDERER: templates/forms/, and widgets found through the project's own template engine."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
    bound_field_class = LookBoundField
