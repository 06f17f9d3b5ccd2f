//! Which column of a file holds what: by its headings, or by its place.

use crate::sheets::{
    cells::is_address,
    layout::{
        Layout,
        headings::{Field, Heading},
        records::{Record, Records},
    },
};

/// Columns further to the right are not looked at when addresses are counted.
const LOOKED_AT: usize = 64;

/// The columns of a file.
pub(super) struct Columns {
    /// What kind of list it is.
    pub layout: Layout,
    /// Whether the first row is headings.
    pub had_header: bool,
    /// The columns that are not read.
    pub ignored: Vec<String>,
    headings: Vec<String>,
    fields: Vec<Option<Field>>,
}

impl Columns {
    /// Finds out the columns; `records` begins at the top of the file each time it is called.
    pub fn of<'a>(records: impl Fn() -> Records<'a>) -> Self {
        match headings(&mut records()) {
            Some(headings) => Self::by_heading(headings, &records),
            None => Self::by_place(&Look::at(records())),
        }
    }

    /// Where a field stands.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|found| *found == Some(field))
    }

    /// How many cells a row may fill.
    pub fn width(&self) -> usize {
        self.fields.len()
    }

    /// The columns that are read, each with its heading or its place.
    pub fn named(&self) -> Vec<(String, Field)> {
        let titles = (0..self.fields.len()).map(|place| title(&self.headings, place));
        titles.zip(&self.fields).filter_map(|(title, field)| Some((title, (*field)?))).collect()
    }

    fn by_heading<'a>(headings: Vec<String>, records: &impl Fn() -> Records<'a>) -> Self {
        let mut fields = by_meaning(&headings);
        if !fields.contains(&Some(Field::UserName)) {
            let look = Look::at(records());
            // Nothing is called a user name: the unknown column that holds addresses must be it.
            let unknown = (0..fields.len()).rev().filter(|place| fields[*place].is_none());
            let most = unknown.max_by_key(|place| look.addresses_in(*place));
            if let Some(place) = most.filter(|place| look.addresses_in(*place) > 0) {
                fields[place] = Some(Field::UserName);
            }
        }
        let unread = (0..fields.len()).filter(|place| fields[*place].is_none());
        let ignored = unread.map(|place| title(&headings, place)).collect();
        let layout = if headings.len() == 1 { Layout::Names } else { Layout::Named };
        Self { layout, had_header: true, ignored, headings, fields }
    }

    fn by_place(look: &Look) -> Self {
        let tenant = look.addresses_in(1) > look.addresses_in(0)
            || (look.addresses_in(0) == 0 && look.width >= Field::TCM.len());
        let (layout, fields) = match look.width {
            0 | 1 => (Layout::Names, &[Field::UserName][..]),
            _ if tenant => (Layout::Tcm, &Field::TCM[..]),
            _ => (Layout::Site, &Field::TCM[1..]),
        };
        let fields = fields.iter().copied().map(Some).collect();
        Self { layout, had_header: false, ignored: Vec::new(), headings: Vec::new(), fields }
    }
}

/// The headings, if the first row that is not blank looks like them: known words, and no address among them.
fn headings(records: &mut Records<'_>) -> Option<Vec<String>> {
    while let Some(record) = records.next_record() {
        if !record.is_blank() {
            let words: Vec<String> =
                (0..record.filled()).filter_map(|place| record.cell(place)).map(str::to_owned).collect();
            let known: Vec<Heading> = words.iter().filter_map(|word| Heading::of(word)).collect();
            let enough = known.len() >= 2 || known.iter().any(|heading| heading.can_name_users());
            return (enough && !words.iter().any(|word| word.contains('@'))).then_some(words);
        }
    }
    None
}

/// Each field once; the first of two columns with the same meaning wins.
fn by_meaning(headings: &[String]) -> Vec<Option<Field>> {
    let known: Vec<Option<Heading>> = headings.iter().map(|heading| Heading::of(heading)).collect();
    let mut fields: Vec<Option<Field>> = vec![None; known.len()];
    let mut take = |heading: Heading, field: Field| {
        let free = !fields.contains(&Some(field));
        let place = known.iter().position(|found| *found == Some(heading));
        if let Some(place) = place.filter(|place| free && fields[*place].is_none()) {
            fields[place] = Some(field);
        }
    };
    // A user name is needed, so the second best is taken for it where there is no better one.
    take(Heading::Sure(Field::UserName), Field::UserName);
    take(Heading::Sure(Field::Email), Field::UserName);
    take(Heading::Name, Field::UserName);
    for field in Field::TCM.into_iter().chain([Field::Language, Field::Locale, Field::Action]) {
        take(Heading::Sure(field), field);
    }
    take(Heading::Name, Field::DisplayName);
    take(Heading::Licence, Field::Role);
    fields
}

fn title(headings: &[String], place: usize) -> String {
    match headings.get(place).filter(|heading| !heading.is_empty()) {
        Some(heading) => heading.chars().take(60).collect(),
        None => format!("column {}", place + 1),
    }
}

/// What a first look over all rows tells.
#[derive(Default)]
struct Look {
    width: usize,
    addresses: Vec<usize>,
}

impl Look {
    fn at(mut records: Records<'_>) -> Self {
        let mut look = Self::default();
        while let Some(record) = records.next_record() {
            look.add(&record);
        }
        look
    }

    fn add(&mut self, record: &Record<'_>) {
        let filled = record.filled();
        self.width = self.width.max(filled);
        self.addresses.resize(self.width.min(LOOKED_AT), 0);
        for (place, count) in self.addresses.iter_mut().enumerate().take(filled) {
            *count += usize::from(record.cell(place).is_some_and(is_address));
        }
    }

    fn addresses_in(&self, place: usize) -> usize {
        self.addresses.get(place).copied().unwrap_or(0)
    }
}
