"""Why a file was turned away, in words, for each code that the reading process knows, and what to do about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.limited.refusal import BROKE, BUSY, TOO_LONG, TOO_MUCH, Unreadable

_PRINT = _("Print it to a new PDF or scan it, and upload that.")
_SAVE_AS_PDF = _("Save it as PDF and upload that.")
_SIGNED_AGAIN = _("Download it again where it was signed.")
_SIGNED_ITSELF = _("Upload the signed file itself (.edoc or .asice), or a PDF.")
_AS_JPEG = _("Save it as JPEG or PNG and upload that.")
_LATER = _("Nothing was saved. Try again in a minute.")
_WORDS: dict[str, tuple[Any, Any]] = {
    "unknown_kind": (
        _("Files of this kind are not taken."),
        _("Upload a PDF, a JPEG or PNG picture, or a signed eDoc file."),
    ),
    "word": (_("This is a Word document."), _SAVE_AS_PDF),
    "excel": (_("This is a table of Excel or another program, not a paper."), _SAVE_AS_PDF),
    "old_excel": (_("This is an old Excel file, not a paper."), _SAVE_AS_PDF),
    "slides": (_("This is a presentation."), _SAVE_AS_PDF),
    "web_page": (
        _("This is a web page and not a paper, whatever its name says."),
        _("Open it, print it to a PDF and upload that."),
    ),
    "program": (_("This is a program and not a paper."), _("Upload a PDF or a picture of the paper.")),
    "archive": (_("This is a packed archive."), _("Unpack it and upload the paper itself.")),
    "video": (
        _("This is a video or a sound recording."),
        _("Take a photograph of the paper and upload that."),
    ),
    "heic": (
        _("This is an iPhone photograph in the HEIC format, which is not taken."),
        _(
            "Choose it from Photos instead of Files, or set the phone: Settings → Camera → Formats → Most Compatible, "
            "and take it again."
        ),
    ),
    "avif": (_("This is a picture in the AVIF format, which is not taken."), _AS_JPEG),
    "webp": (_("This is a picture in the WebP format, which is not taken."), _AS_JPEG),
    "other_picture": (_("This is a GIF or BMP picture, which is not taken."), _AS_JPEG),
    "picture_damaged": (_("The picture is damaged."), _("Take or save the picture again and upload it.")),
    "picture_cut": (
        _("The picture has been cut off: its last part is missing."),
        _("Take or save the picture again and upload it."),
    ),
    "picture_pixels": (
        _("The picture has too many pixels: %(megapixels)s million. Up to %(most)s million can be read."),
        _("Make it smaller, or upload the document as a PDF."),
    ),
    "picture_pages": (
        _("The picture holds too many pages: %(pages)s. Up to %(most)s can be read."),
        _SAVE_AS_PDF,
    ),
    "picture_colours": (_("The picture keeps its colours in a way that cannot be read."), _AS_JPEG),
    "pdf_damaged": (_("The PDF is damaged or has been cut off."), _("Scan or save the document again.")),
    "pdf_locked": (
        _("The PDF is locked with a password."),
        _("Save it without a password and upload it again."),
    ),
    "pdf_script": (_("The PDF holds a script or a form that runs something."), _PRINT),
    "pdf_action": (
        _("The PDF would open another file, a program or an address by itself."),
        _PRINT,
    ),
    "pdf_embedded": (_("The PDF holds other files, films or sounds inside."), _PRINT),
    "pdf_xfa": (_("The PDF is a form that only some programs can show (XFA)."), _PRINT),
    "pdf_endless_page": (_("The PDF has a page that is larger than any paper."), _PRINT),
    "pdf_pages": (
        _("The PDF has too many pages. Up to %(most)s can be read."),
        _("Upload the paper alone."),
    ),
    "pdf_swells": (_("The PDF swells beyond all measure when it is opened."), _("Scan the document again.")),
    "two_kinds": (
        _("The file is two things at once: a PDF and a packed archive."),
        _PRINT,
    ),
    "zip": (_("This is a zip file and not a signed eDoc or ASiC-E document."), _SIGNED_ITSELF),
    "container_unsigned": (_("There is no signature in this eDoc or ASiC-E file."), _SIGNED_ITSELF),
    "container_empty": (_("There is no document in this eDoc or ASiC-E file."), _SIGNED_ITSELF),
    "container_damaged": (_("The signed document is damaged or has been cut off."), _SIGNED_AGAIN),
    "container_ambiguous": (
        _("Two programs would see different documents in this signed file."),
        _SIGNED_AGAIN,
    ),
    "time_stamp_only": (
        _("This ASiC-S file holds only a time stamp and nobody's signature."),
        _("Sign the document itself, and upload the signed file (.edoc or .asice)."),
    ),
    "old_edoc": (
        _("This is an eDoc file of the old kind, from before 2014, that programs of today do not check."),
        _("Open it in eParakstītājs, sign the document again as .edoc or .asice, and upload that."),
    ),
    TOO_LONG: (_("The file takes too long to read."), _("Scan or save the document again.")),
    TOO_MUCH: (
        _("The file is too large to be read."),
        _("Make it smaller, or upload the document as a PDF."),
    ),
    BROKE: (_("The file cannot be read."), _("Scan or save the document again.")),
    BUSY: (_("Many files are being read just now."), _LATER),
}


def refusal_of(why: Unreadable) -> UploadRefused:
    """What the reading process said, as a page says it."""
    text, remedy = _WORDS[why.code]
    return UploadRefused(text % why.values if why.values else text, remedy)
