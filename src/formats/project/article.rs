//! Reading an article.

use super::file::LENGTH;
use crate::formats::Severity;
use crate::formats::fields::{Kept, Object, Reader};
use crate::formats::json::Json;
use crate::limits;
use crate::model::{Article, ArticleId};
use crate::text::{Text, TextHash};
use std::rc::Rc;

/// The texts so far: the same text is kept once.
pub(super) type Texts = Vec<Rc<Text>>;

/// Reads an article; `None` with an issue where it has no id or no text.
pub(super) fn read<'d>(reader: &mut Reader<'d>, at: Json<'d>, texts: &mut Texts) -> Option<Article> {
    if !at.is_whole() {
        reader.report(Severity::Error, at, format_args!("article: the file is cut off inside of it; it was set aside"));
        return None;
    }
    let mut object = reader.object(at, "article", "it was set aside")?;
    let id = reader.required(&mut object, "id", "the article was set aside")?;
    object.id = id;
    let Some(id) = ArticleId::parse(id) else {
        let why = "its id is empty, longer than 200 bytes or holds control characters";
        reader.report(Severity::Error, at, format_args!("article: {why}; it was set aside"));
        return None;
    };
    let content = reader.required(&mut object, "text", "the article was set aside")?;
    if !limits::fits_article(content) {
        let message = format_args!(
            "{object}: its text has more than {} characters or {} lines, the most that fit; it was set aside, split it",
            limits::TEXT,
            limits::LINES,
        );
        reader.report(Severity::Error, at, message);
        return None;
    }
    let mut text = Rc::new(Text::new(content));
    match texts.iter().find(|known| known.hash() == text.hash()) {
        Some(known) => text = known.clone(),
        None => texts.push(text.clone()),
    }
    check_hash(reader, &mut object, &text);
    let length = check_length(reader, &mut object, &text);
    let [title, source, date, byline, extractor, encoding] =
        ["title", "source", "date", "byline", "extractor", "encoding"].map(|name| reader.line(&mut object, name));
    let done = match object.take("done") {
        None => false,
        Some(value) => value.truth().unwrap_or_else(|| {
            reader.wrong(&object, "done", value, "true or false", "taken as not done");
            false
        }),
    };
    let created = reader.moment(&mut object, "created");
    let changed = reader.moment(&mut object, "changed");
    let mut rest = reader.rest(object);
    rest.put_part("length", &length);
    let extra = rest.extra();
    Some(Article { id, text, title, source, date, byline, extractor, encoding, done, created, changed, extra })
}

fn check_hash<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, text: &Text) {
    let Some(hash) = reader.required(object, "sha256", "the text could not be checked") else {
        return;
    };
    if TextHash::parse(hash).as_ref() != Some(text.hash()) {
        let message = "the SHA-256 in the file is not that of the text in the file, so one of them was changed; the text \
                       was taken as it is";
        reader.warn(object, object.at, format_args!("{message}"));
    }
}

/// Compares the lengths; gives the unknown fields beside them.
fn check_length<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, text: &Text) -> Kept {
    const INSTEAD: &str = "the length could not be checked";
    let Some(value) = object.take("length") else {
        reader.missing(object, "length", INSTEAD);
        return Kept::default();
    };
    let Some(mut length) = reader.object(value, "length of an article", INSTEAD) else {
        return Kept::default();
    };
    let real = [text.len().get(), text.utf16_len().get(), text.byte_len().get()];
    for (name, real) in LENGTH.iter().zip(real) {
        match length.take(name) {
            None => reader.missing(&length, name, INSTEAD),
            Some(claimed) if claimed.integer() == Some(real) => {}
            Some(claimed) => {
                let message = format_args!("“{name}” of the length is {}, but the text has {real}", claimed.source());
                reader.warn(object, claimed, message);
            }
        }
    }
    reader.rest(length)
}
