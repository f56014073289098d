"""Qt's own words (dialogs, context menus, file dialogs) from the catalogue, in the language in use.

Qt has no Vietnamese of its own. Its words are asked for by their English text; those that stand in
`WORDS` come from the catalogue, in English too.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

from judgeapp.system.texts import Texts, load_texts

# What Qt asks for -> key in the catalogue. The letter after & is chosen in the catalogue.
WORDS = {
    "OK": "qt.ok",
    "&OK": "qt.ok",
    "Cancel": "qt.cancel",
    "&Cancel": "qt.cancel",
    "Close": "qt.close",
    "&Close": "qt.close",
    "Save": "qt.save",
    "&Save": "qt.save",
    "Open": "qt.open",
    "&Open": "qt.open",
    "&Yes": "qt.yes",
    "&No": "qt.no",
    "Apply": "qt.apply",
    "Reset": "qt.reset",
    "Help": "qt.help",
    "Discard": "qt.discard",
    "Retry": "qt.retry",
    "Ignore": "qt.ignore",
    "Abort": "qt.abort",
    "&Undo": "qt.undo",
    "&Redo": "qt.redo",
    "Cu&t": "qt.cut",
    "&Copy": "qt.copy",
    "&Paste": "qt.paste",
    "Delete": "qt.delete",
    "&Delete": "qt.delete",
    "Select All": "qt.select_all",
    "Copy &Link Location": "qt.copy_link",
    "Directory:": "qt.folder_name",
    "File &name:": "qt.file_name",
    "Files of type:": "qt.file_kind",
    "Files of &type:": "qt.file_kind",
    "Look in:": "qt.look_in",
    "&Look in:": "qt.look_in",
    "&Choose": "qt.choose",
    "Directories": "qt.folders",
    "Folder": "qt.folder",
    "File": "qt.file",
    "Drive": "qt.drive",
    "All Files (*)": "qt.all_files",
    "All files (*)": "qt.all_files",
    "Name": "qt.name",
    "Size": "qt.size",
    "Type": "qt.type",
    "Kind": "qt.type",
    "Date Modified": "qt.date",
    "My Computer": "qt.computer",
    "Computer": "qt.computer",
    "Back": "qt.back",
    "Go back": "qt.back",
    "Forward": "qt.forward",
    "Go forward": "qt.forward",
    "Parent Directory": "qt.parent",
    "Go to the parent directory": "qt.parent",
    "Create New Folder": "qt.new_folder",
    "Create a New Folder": "qt.new_folder",
    "&New Folder": "qt.new_folder",
    "New Folder": "qt.new_folder",
    "List View": "qt.list_view",
    "Change to list view mode": "qt.list_view",
    "Detail View": "qt.detail_view",
    "Change to detail view mode": "qt.detail_view",
    "Sidebar": "qt.sidebar",
    "List of places and bookmarks": "qt.sidebar",
    "Files": "qt.files",
    "&Rename": "qt.rename",
    "Show &hidden files": "qt.hidden",
    "Remove": "qt.remove",
    "Recent Places": "qt.recent",
    "Find Directory": "qt.find_folder",
    "Save As": "qt.save_as",
    "&Open in folder": "qt.open",
    "%1 already exists.\nDo you want to replace it?": "qt.replace",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "qt.no_file",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": "qt.no_folder",
    "Are you sure you want to delete '%1'?": "qt.delete_file",
    "%1 bytes": "qt.bytes",
    "%1 KB": "qt.kb",
    "%1 MB": "qt.mb",
    "%1 GB": "qt.gb",
    "Scroll here": "qt.scroll_here",
    "Top": "qt.top",
    "Bottom": "qt.bottom",
    "Left edge": "qt.left_edge",
    "Right edge": "qt.right_edge",
    "Page up": "qt.page_up",
    "Page down": "qt.page_down",
    "Page left": "qt.page_left",
    "Page right": "qt.page_right",
    "Scroll up": "qt.scroll_up",
    "Scroll down": "qt.scroll_down",
    "Scroll left": "qt.scroll_left",
    "Scroll right": "qt.scroll_right",
    "Insert Unicode control character": "qt.control_characters",
    # The print dialog, which is Qt's own where the system has none.
    "Show ": "qt.show_column",
    "Form": "qt.form",
    "Printer": "qt.printer",
    "&Name:": "qt.print_name",
    "P&roperties": "qt.properties",
    "Location:": "qt.location",
    "Type:": "qt.print_type",
    "Preview": "qt.preview",
    "Output &file:": "qt.output_file",
    "Options": "qt.options",
    "&Options >>": "qt.more_options",
    "&Options <<": "qt.fewer_options",
    "&Print": "qt.print",
    "Print": "qt.print_title",
    "Print to File (PDF)": "qt.print_to_pdf",
    "Write PDF file": "qt.write_pdf",
    "Local file": "qt.local_file",
    "Copies": "qt.copies",
    "Copies:": "qt.copies_of",
    "Collate": "qt.collate",
    "Reverse": "qt.reverse",
    "Print range": "qt.print_range",
    "Print all": "qt.print_all",
    "Pages from": "qt.pages_from",
    "to": "qt.pages_to",
    "Pages": "qt.pages",
    "Selection": "qt.selection",
    "Current Page": "qt.current_page",
    "Page &Set:": "qt.page_set",
    "All Pages": "qt.all_pages",
    "Odd Pages": "qt.odd_pages",
    "Even Pages": "qt.even_pages",
    "Output Settings": "qt.output_settings",
    "Color Mode": "qt.color_mode",
    "Color": "qt.color",
    "Grayscale": "qt.grayscale",
    "Double Sided Printing": "qt.two_sides",
    "Off": "qt.two_sides_off",
    "Long side binding": "qt.long_side",
    "Short side binding": "qt.short_side",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers "
    "separated by a hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.": "qt.pages_hint",
    "Scroll Left": "qt.tabs_left",
    "Scroll Right": "qt.tabs_right",
    "Advanced": "qt.advanced",
    "Job": "qt.job",
    "Page": "qt.page",
    "Page size:": "qt.page_size",
    "Paper": "qt.paper",
    "Width:": "qt.width",
    "Height:": "qt.height",
    "Paper source:": "qt.paper_source",
    "Orientation": "qt.orientation",
    "Portrait": "qt.portrait",
    "Landscape": "qt.landscape",
    "Reverse landscape": "qt.reverse_landscape",
    "Reverse portrait": "qt.reverse_portrait",
    "Margins": "qt.margins",
    "top margin": "qt.top_margin",
    "left margin": "qt.left_margin",
    "right margin": "qt.right_margin",
    "bottom margin": "qt.bottom_margin",
    "Page Layout": "qt.page_layout",
    "Page order:": "qt.page_order",
    "Pages per sheet:": "qt.per_sheet",
    "Custom": "qt.custom",
}


class QtWords(QTranslator):
    """Answers Qt's questions for words from a catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: Texts = load_texts("vi")

    def isEmpty(self) -> bool:
        """Never empty: Qt leaves out a translator that is."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the word in the language in use; nothing for one that is not known here."""
        key = WORDS.get(source)
        if key is None:
            return None  # type: ignore[return-value]  # a null string makes Qt ask further
        return self.texts(key)


def use_qt_words(words: QtWords, texts: Texts) -> None:
    """Let Qt speak the language of a catalogue from now on."""
    QCoreApplication.removeTranslator(words)
    words.texts = texts
    QCoreApplication.installTranslator(words)
