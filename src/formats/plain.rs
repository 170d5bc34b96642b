//! Plain text: an article and nothing else. Only read.
//!
//! The text is taken as it stands, line ends and all. Title, date and source are those that wire copy begins with;
//! failing that the title is the name of the file.

use crate::formats::Reading;
use crate::formats::catalog::{Context, Format, Likeness, Reads, Refusal, alone, whole};
use crate::formats::draft::{ArticleDraft, Builder};
use crate::formats::file::InFile;
use crate::text::{Text, wire};

/// The entry of the catalogue.
pub const FORMAT: Format = Format {
    id: "text",
    name: "Plain text",
    about: "An article without annotations",
    extensions: &["txt", "text", "md"],
    looks_like,
    goes_with: alone,
    work: whole,
    reads: Some(Reads { read, options: &[] }),
    writes: None,
};

fn looks_like(file: &InFile) -> Likeness {
    let start = file.text.trim_start();
    let is_data = start.is_empty() || start.starts_with(['{', '[', '<']) || file.text.contains('\0');
    if is_data { Likeness::No } else { Likeness::Possible }
}

fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let mut builder = Builder::new(FORMAT.id, context);
    for file in files {
        if file.text.trim().is_empty() {
            return Err(Refusal::new("there are no words in this file"));
        }
        let found = wire::recognise(&Text::new(file.text.as_str()));
        let title = if found.headline.is_empty() { file.stem().to_owned() } else { found.headline };
        builder.add(ArticleDraft {
            text: file.text.clone(),
            title,
            source: found.source,
            date: found.date,
            encoding: file.encoding.clone(),
            ..ArticleDraft::default()
        });
    }
    Ok(builder.finish())
}
