//! Texts of articles, their bytes and their names; and the lines that are kept beside the log.

use super::project::decoded;
use crate::corpus;
use annotator::formats::project::file_name;
use annotator::limits;
use annotator::model::{Article, ArticleId, Extra, Timestamp};
use annotator::state::places::Places;
use annotator::text::encoding::{Sniffed, sniff};
use annotator::text::quote::{self, Found};
use annotator::text::{ByteOffset, Offset, Quotation, Span, Text, Utf16Offset, alike, snap, wire};
use std::rc::Rc;

pub(super) fn texts() -> Vec<Vec<u8>> {
    let hostile = corpus::hostile().into_iter().map(|(_, text)| text.into_bytes());
    corpus::TEXTS.iter().map(|text| text.as_bytes().to_vec()).chain(hostile).collect()
}

pub(super) fn encoded() -> Vec<Vec<u8>> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut all: Vec<Vec<u8>> = corpus::TEXTS.iter().map(|text| utf16(text)).collect();
    all.extend(texts());
    all.extend([b"\xff\xfea\0".to_vec(), b"\xfe\xff\0a".to_vec(), b"\x89PNG\r\n".to_vec(), b"caf\xe9".to_vec()]);
    all
}

pub(super) fn places_seeds() -> Vec<Vec<u8>> {
    vec![b"open t-w-00001\n120 t-w-00001\n0 t-w-00002\nsnap true\nsingle_keys false\nhints_seen true\n".to_vec()]
}

pub(super) fn encoding(bytes: &[u8]) -> bool {
    match sniff(bytes) {
        Sniffed::Text(label) => {
            assert!(label != "UTF-8" || bytes.starts_with(b"\xef\xbb\xbf") || std::str::from_utf8(bytes).is_ok());
            true
        }
        Sniffed::NotText(what) => what.is_empty(),
    }
}

pub(super) fn places(bytes: &[u8]) -> bool {
    let places = Places::parse(&decoded(bytes));
    let lines = places.to_lines();
    let again = Places::parse(&lines);
    assert_eq!(again.to_lines(), lines);
    assert_eq!((again.open, again.tops.len()), (places.open.clone(), places.tops.len()));
    places.open.is_some()
}

pub(super) fn article(bytes: &[u8]) -> bool {
    let content = decoded(bytes);
    if !limits::fits_article(&content) {
        return false;
    }
    let text = Text::new(content.as_str());
    assert_eq!(text.as_str(), content);
    let drawn: String = text.pieces().iter().map(|piece| text.slice(piece.span)).collect();
    assert_eq!(drawn, content.replace(['\r', '\n'], ""));
    let found = wire::recognise(&text);
    assert_eq!(found.roles.len(), text.blocks().len());
    // Past the end, and at so many places in between.
    let len = text.len().get();
    for step in 0..=40_u32 {
        point(&text, Offset::new(len / 40 * step + step % 3));
    }
    // These may go far: from a few places only.
    for at in [0, len / 2, len] {
        assert!(snap::next_word_end(&text, Offset::new(at)).get() >= at);
        assert!(snap::prev_word_start(&text, Offset::new(at)).get() <= at);
    }
    let some = Span::between(Offset::new(len / 3), Offset::new(len / 3 + 12));
    for found in alike::places(&text, some) {
        assert_eq!(text.slice(found), text.slice(some));
    }
    let quotation = Quotation::of(&text, some);
    match quote::find(&text, quotation, some.start()) {
        Found::Sure(span) | Found::Doubtful(span) => assert_eq!(text.slice(span), quotation.exact),
        Found::Lost => assert_eq!(quotation.exact, ""),
    }
    true
}

/// What holds of every offset.
fn point(text: &Text, offset: Offset) {
    let inside = offset.min(text.len());
    assert_eq!(text.from_byte(text.byte(offset)), inside);
    assert_eq!(text.from_utf16(text.utf16(offset)), inside);
    let _ = (text.from_byte(ByteOffset::new(offset.get())), text.from_utf16(Utf16Offset::new(offset.get())));
    assert!(snap::grapheme_floor(text, offset) <= inside && snap::grapheme_ceil(text, offset) >= inside);
    assert!(snap::next_grapheme(text, offset) <= text.len() && snap::prev_grapheme(text, offset) <= inside);
    assert!(snap::sentence_around(text, offset).end() <= text.len());
    let here = snap::word_or_grapheme(text, offset);
    assert!(here.end() <= text.len());
    let words = snap::snap_to_words(text, here);
    assert!(
        words.contains(here) && [words.start(), words.end()].iter().all(|&at| snap::is_grapheme_boundary(text, at))
    );
    let _ = (text.block_at(offset), text.pieces_of(here), snap::word_count(text, here));
}

pub(super) fn name(bytes: &[u8]) -> bool {
    let title = decoded(bytes);
    let article = Article {
        id: ArticleId::new("t"),
        text: Rc::new(Text::new(title.as_str())),
        title: if title.len().is_multiple_of(2) { String::new() } else { title.clone() },
        source: String::new(),
        date: title.chars().take(10).collect(),
        byline: String::new(),
        extractor: String::new(),
        encoding: String::new(),
        done: false,
        created: Timestamp::unknown(),
        changed: Timestamp::unknown(),
        extra: Extra::default(),
    };
    let name = file_name(Some(&article), 1, &Timestamp::unknown());
    assert!(name.len() < 100 && name.ends_with(".annotations.json"), "{name}");
    assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b)), "{name}");
    !article.name().is_empty()
}
