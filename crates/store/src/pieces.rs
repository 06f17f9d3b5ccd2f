//! Cuts long lists into pieces that fit into one statement each.

use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, sea_query::OnConflict};

use crate::Result;

/// SQLite takes 32,766 values in a statement, so 500 rows of up to 65 columns.
///
/// Every other length would be a statement of its own, and each connection keeps the statements it has seen: with
/// few lengths it keeps few.
const LENGTHS: [usize; 5] = [500, 100, 20, 5, 1];

/// The list in pieces, in its order.
pub(crate) fn pieces<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = LENGTHS.into_iter().find(|length| *length <= rest.len())?;
        let (piece, after) = rest.split_at(length);
        rest = after;
        Some(piece)
    })
}

/// Inserts rows, many with each statement; `there` says what happens to one that is there already.
pub(crate) async fn insert_all<Row, New>(
    on: &DatabaseTransaction,
    rows: &[Row],
    there: Option<OnConflict>,
) -> Result<()>
where
    Row: IntoActiveModel<New> + Clone,
    New: ActiveModelTrait,
{
    for piece in pieces(rows) {
        let news = piece.iter().cloned().map(IntoActiveModel::into_active_model);
        let mut insert = <New::Entity as EntityTrait>::insert_many::<New, _>(news);
        if let Some(there) = &there {
            insert = insert.on_conflict(there.clone());
        }
        insert.exec_without_returning(on).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_only_a_few_lengths_occur() {
        let all: Vec<u32> = (0..1234).collect();
        let cut: Vec<&[u32]> = pieces(&all).collect();
        assert_eq!(cut.concat(), all);
        assert!(cut.iter().all(|piece| LENGTHS.contains(&piece.len())));
        assert_eq!(pieces::<u32>(&[]).count(), 0);
    }
}
