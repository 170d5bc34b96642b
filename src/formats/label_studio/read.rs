//! Reading tasks.

use super::results::{self, Entry, Unshown};
use super::{FACTS, FORMAT, QUOTING, TEXT, config};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder};
use crate::formats::fields::{Object, Reader};
use crate::formats::file::InFile;
use crate::formats::json::{Json, Kind};
use crate::formats::{Reading, Severity, rows};
use crate::model::{Origin, Status};

/// Reads a file of tasks, with the labelling configuration if it is there.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let of_text = files.iter().skip(1).find_map(|file| config::text_field(&file.text));
    let mut builder = Builder::new(FORMAT.id, context).quoting(QUOTING);
    let mut unshown = Unshown::default();
    let found = rows::each(text, &mut |reader, row| {
        if let Some(article) = task(reader, row, of_text, context, &mut unshown) {
            builder.add(article);
        }
    })?;
    builder.take(found);
    let Unshown { kept, left } = unshown;
    if kept > 0 {
        let message = format_args!(
            "results that are neither a label on words, a relation, one choice nor a text on such a label are not shown here, \
             but written to Label Studio again: {kept} in all"
        );
        builder.tell(Severity::Note, None, message);
    }
    if left > 0 {
        let message = format_args!("what predictions say of a whole text was left out: {left} results in all");
        builder.tell(Severity::Note, None, message);
    }
    Ok(builder.finish())
}

/// Reads a task; `None` with an issue where it has no text.
fn task<'d>(
    reader: &mut Reader<'d>,
    row: Json<'d>,
    of_text: Option<&str>,
    context: &Context<'_>,
    unshown: &mut Unshown,
) -> Option<ArticleDraft> {
    const INSTEAD: &str = "the task was passed over";
    let mut task = reader.object(row, "task", INSTEAD)?;
    let mut article = ArticleDraft { place: Some(reader.place(row)), ..ArticleDraft::default() };
    let Some(data) = task.take("data") else {
        reader.report(Severity::Error, row, format_args!("task: it has no “data”; {INSTEAD}"));
        return None;
    };
    let data = reader.object(data, "data", INSTEAD)?;
    self::data(reader, data, of_text, &mut article)?;
    let id = task.peek("id");
    if task.has("id") && matches!(id.kind(), Kind::Number | Kind::Text) {
        if article.id.is_empty() {
            article.id = reader.name(&mut task, "id");
        } else {
            article.fields.put("id", &id.compact(1).unwrap_or_default());
            task.take("id");
        }
    }
    let mut entries = Vec::new();
    for (name, is_prediction) in [("annotations", false), ("completions", false), ("predictions", true)] {
        for at in reader.list(&mut task, name, usize::MAX, "read as if there were none").unwrap_or_default() {
            if at.kind() != Kind::Number {
                entries.extend(entry(reader, at, is_prediction, context));
            }
        }
    }
    let raw = results::join(reader, entries, &mut article, unshown);
    article.fields.put_list("results", &raw);
    let rest = reader.rest(task);
    article.fields.append(&rest);
    Some(article)
}

/// The data of a task: the text and what is known of it; `None` with an issue where there is no text.
fn data<'d>(
    reader: &mut Reader<'d>,
    mut data: Object<'d>,
    of_text: Option<&str>,
    article: &mut ArticleDraft,
) -> Option<()> {
    let is_text = |name: &&str| data.has(name) && data.peek(name).kind() == Kind::Text;
    // Neither an address nor a key is a text: scripts without blanks between words are not ASCII.
    let is_prose = |value: &str| value.contains(char::is_whitespace) || !value.is_ascii();
    let longest = || {
        let texts = data.at.fields().filter_map(|(name, value)| Some((name.text()?.0, value.text()?.0)));
        texts.filter(|(_, value)| is_prose(value)).max_by_key(|(_, value)| value.len()).map(|(name, _)| name)
    };
    let Some(field) = of_text.filter(is_text).or(Some(TEXT).filter(is_text)).or_else(longest).map(str::to_owned) else {
        reader.report(Severity::Error, data.at, format_args!("data: it has no text; the task was passed over"));
        return None;
    };
    if field != TEXT {
        article.fields.put_text("text-field", &field);
        if of_text != Some(&field) {
            let message = format_args!("data: its field “{field}” was taken for the text");
            reader.report(Severity::Note, data.peek(&field), message);
        }
    }
    article.text = reader.optional(&mut data, &field, "passed over").unwrap_or_default().to_owned();
    if data.peek("id").text().is_some_and(|(id, _)| id.starts_with("t-")) && data.has("id") {
        article.id = reader.name(&mut data, "id");
    }
    for (name, fact) in FACTS.iter().zip([
        &mut article.title,
        &mut article.source,
        &mut article.date,
        &mut article.byline,
        &mut article.extractor,
    ]) {
        if data.peek(name).kind() == Kind::Text {
            *fact = reader.optional(&mut data, name, "left empty").unwrap_or_default().to_owned();
        }
    }
    article.fields.put_part("data", &reader.rest(data));
    Some(())
}

/// What one annotator or model said of a task.
fn entry<'d>(reader: &mut Reader<'d>, at: Json<'d>, is_prediction: bool, context: &Context<'_>) -> Option<Entry<'d>> {
    let what = if is_prediction { "prediction" } else { "annotation" };
    let mut object = reader.object(at, what, "it was passed over")?;
    let is_ours = object.has("annotator");
    let mut annotator = reader.name(&mut object, "annotator");
    let completed_by = object.peek("completed_by");
    if !is_ours && object.has("completed_by") {
        // A number, or a person with a number; an address is nothing that a file should pass on.
        let person = completed_by.fields().find(|(name, _)| name.text().is_some_and(|(name, _)| name == "id"));
        let id = person.map_or(completed_by, |(_, id)| id);
        if id.kind() == Kind::Number {
            annotator = id.source().to_owned();
        }
    }
    let mut entry = Entry { annotator, is_prediction, ..Entry::default() };
    for name in ["result", "links"] {
        for at in reader.list(&mut object, name, usize::MAX, "read as if there were none").unwrap_or_default() {
            results::result(reader, at, &mut entry, context);
        }
    }
    let was_skipped = object.peek("was_cancelled").truth() == Some(true);
    if was_skipped && !entry.regions.is_empty() {
        let message = format_args!("annotation: it was skipped there, so that its labels were taken as proposed");
        reader.report(Severity::Note, at, message);
    }
    let rest = reader.rest(object);
    for region in &mut entry.regions {
        if is_prediction || was_skipped {
            region.mark.status = Status::Proposed;
        }
        if is_prediction && !is_ours {
            region.mark.origin = Some(Origin::Program);
        }
        region.mark.fields.put_part(what, &rest);
    }
    Some(entry)
}
