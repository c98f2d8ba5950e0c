//! Paragraphs for egui: fonts, layout, selection, editing, painting, and the widgets that carry text.
