"""The panel: Qt widgets over the logic. Each file is one box of the panel or one of its habits."""
