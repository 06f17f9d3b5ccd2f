//! Pages of lists: where a page lies among all rows, and how a search is spelled.

use model::{Moment, Page, PageRequest};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QuerySelect, Select, sea_query::LikeExpr,
};

use crate::Result;

/// One page of the rows that match, as the database has them; `of` is the number of all rows.
pub(crate) async fn page<Rows>(
    db: &impl ConnectionTrait,
    of: u64,
    matching: Select<Rows>,
    asked: PageRequest,
    as_of: Moment,
) -> Result<Page<Rows::Model>>
where
    Rows: EntityTrait,
    Rows::Model: FromQueryResult + Send + Sync,
{
    let total = matching.clone().count(db).await?;
    let at = place(total, asked);
    let size = u64::from(at.size);
    let rows = matching.offset(u64::from(at.number - 1) * size).limit(size).all(db).await?;
    Ok(Page { rows, total, of, at, as_of })
}

/// The same page with its rows as others see them.
pub(crate) fn shown<Kept, Row>(page: Page<Kept>, show: impl Fn(Kept) -> Result<Row>) -> Result<Page<Row>> {
    let rows = page.rows.into_iter().map(show).collect::<Result<_>>()?;
    Ok(Page { rows, total: page.total, of: page.of, at: page.at, as_of: page.as_of })
}

/// The place of a page among so many rows: a page past the end is the last one.
pub(crate) fn place(total: u64, asked: PageRequest) -> PageRequest {
    let size = asked.size.max(1);
    let last = total.div_ceil(u64::from(size)).clamp(1, u64::from(u32::MAX)) as u32;
    PageRequest { number: asked.number.clamp(1, last), size }
}

/// A pattern in which `%` and `_` are ordinary characters.
pub(crate) fn contains(search: &str) -> LikeExpr {
    let plain = search.to_lowercase().replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{plain}%")).escape('\\')
}
