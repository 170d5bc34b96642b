//! What to call a project file.

use crate::model::{Article, Timestamp};

/// The longest name of an article in a file name, in bytes.
const LIMIT: usize = 60;

/// A name that tells what is in the file and is allowed on every system: small ASCII letters, digits,
/// `-`, `_` and `.`.
///
/// For one article its name and its date (that of the export where it has none), otherwise how
/// many there are and the date of the export.
pub fn file_name(article: Option<&Article>, count: usize, exported: &Timestamp) -> String {
    let today = exported.as_str().get(..10).unwrap_or_default();
    match article {
        Some(article) => {
            let date = if is_date(&article.date) { article.date.as_str() } else { today };
            format!("{}_{date}.annotations.json", slug(&article.name(), "article"))
        }
        None => {
            let plural = if count == 1 { "" } else { "s" };
            format!("annotations_{count}-article{plural}_{today}.json")
        }
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Words in small ASCII letters, joined by hyphens; where nothing is left, `other`.
pub(in crate::formats) fn slug(name: &str, other: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            // Within a word: "Corriston’s", and accents that stand apart.
            '\'' | '’' | '‘' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}' => {}
            _ => match fold(c) {
                "" if slug.is_empty() || slug.ends_with('-') => {}
                "" => slug.push('-'),
                letters => slug.push_str(letters),
            },
        }
    }
    if slug.len() > LIMIT {
        // At the end of a word where there is one not too far back.
        let end = slug[..=LIMIT].rfind('-').filter(|&at| at > LIMIT / 2).unwrap_or(LIMIT);
        slug.truncate(end);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { other.into() } else { slug }
}

/// The ASCII letters that a Latin letter is commonly replaced by; nothing for anything else.
fn fold(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' => "s",
        'ß' | 'ẞ' => "ss",
        'Þ' | 'þ' => "th",
        'Ţ'..='ŧ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ' | 'ŷ' | 'Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Extra};
    use crate::text::Text;
    use proptest::prelude::*;
    use std::rc::Rc;

    fn article(title: &str, date: &str) -> Article {
        Article {
            id: ArticleId::new("t"),
            text: Rc::new(Text::new("")),
            title: title.into(),
            source: String::new(),
            date: date.into(),
            byline: String::new(),
            extractor: String::new(),
            encoding: String::new(),
            done: false,
            created: Timestamp::unknown(),
            changed: Timestamp::unknown(),
            extra: Extra::default(),
        }
    }

    fn exported() -> Timestamp {
        Timestamp::parse("2026-11-22T10:00:00.000Z").expect("a moment")
    }

    #[test]
    fn a_name_tells_what_is_in_the_file() {
        for (title, date, expected) in [
            ("Corriston keeps free lunches", "2031-03-19", "corriston-keeps-free-lunches_2031-03-19.annotations.json"),
            (
                "‘It divorced them’: Marrowbridge’s sign",
                "",
                "it-divorced-them-marrowbridges-sign_2026-11-22.annotations.json",
            ),
            ("Zoë & René, Łódź – Straße", "last week", "zoe-rene-lodz-strasse_2026-11-22.annotations.json"),
            ("Rene\u{301}: ok", "2031-03-19", "rene-ok_2031-03-19.annotations.json"),
            ("客到，茶到。", "", "article_2026-11-22.annotations.json"),
            ("../..\\CON", "", "con_2026-11-22.annotations.json"),
            ("", "", "article_2026-11-22.annotations.json"),
        ] {
            assert_eq!(file_name(Some(&article(title, date)), 1, &exported()), expected, "{title}");
        }
        assert_eq!(file_name(None, 3, &exported()), "annotations_3-articles_2026-11-22.json");
        assert_eq!(file_name(None, 1, &exported()), "annotations_1-article_2026-11-22.json");
    }

    #[test]
    fn a_long_name_ends_with_a_word() {
        let name = file_name(Some(&article(&"lunch ".repeat(40), "")), 1, &exported());
        assert_eq!(name, format!("{}_2026-11-22.annotations.json", ["lunch"; 10].join("-")));
    }

    proptest! {
        #[test]
        fn every_name_is_safe(title in "\\PC{0,100}", date in "\\PC{0,12}") {
            let name = file_name(Some(&article(&title, &date)), 1, &exported());
            prop_assert!(name.len() <= LIMIT + 28, "{}", name);
            prop_assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b)), "{}", name);
            prop_assert!(name.starts_with(|c: char| c.is_ascii_alphanumeric()));
        }
    }
}
