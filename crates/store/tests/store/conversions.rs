//! Converted files: for whoever uploaded them, and for a day.

use model::{
    ConversionId, UserId,
    conversions::{Conversion, LineNote, Target},
};
use store::{KeptFile, NewConversion};
use uuid::Uuid;

use crate::house::{noon, on_each, tenant};

fn id(number: u128) -> ConversionId {
    Uuid::from_u128(number).into()
}

fn owner() -> UserId {
    Uuid::from_u128(7).into()
}

fn told(number: u128) -> Conversion {
    Conversion {
        id: id(number),
        file: "people.csv".to_owned(),
        read_as: "user names only".to_owned(),
        into: Target::Tenant,
        site: "Sales".to_owned(),
        made: noon(),
        rows: 2,
        carried: 1,
        lost: Vec::new(),
        left_out: vec![LineNote { line: 2, user_name: "🦊".to_owned(), words: "wrong".to_owned() }],
        without: Vec::new(),
    }
}

#[tokio::test]
async fn a_converted_file_is_kept_for_its_owner_and_swept_after_a_day() {
    on_each(async |house| {
        let store = &house.store;
        let new = NewConversion {
            tenant: tenant(),
            owner: owner(),
            told: told(1),
            for_tableau: vec![0xef, 0xbb, 0xbf, b'a'],
            for_spreadsheet: vec![b'b'; 2_000_000],
        };
        store.keep_conversion(new).await.unwrap();
        assert_eq!(store.conversion(tenant(), owner(), id(1)).await.unwrap(), Some(told(1)));
        let file =
            async |which| store.converted_file(tenant(), owner(), id(1), which).await.unwrap().unwrap();
        assert_eq!(file(KeptFile::ForTableau).await, [0xef, 0xbb, 0xbf, b'a']);
        assert_eq!(file(KeptFile::ForSpreadsheet).await.len(), 2_000_000);
        let stranger = Uuid::from_u128(8);
        for (tenant, owner, id) in [
            (stranger.into(), owner(), id(1)),
            (tenant(), stranger.into(), id(1)),
            (tenant(), owner(), id(2)),
        ] {
            assert!(store.conversion(tenant, owner, id).await.unwrap().is_none());
            let file = store.converted_file(tenant, owner, id, KeptFile::ForTableau).await;
            assert!(file.unwrap().is_none());
        }
        assert_eq!(store.sweep_conversions(noon().plus_seconds(86_400)).await.unwrap(), 0);
        assert_eq!(store.sweep_conversions(noon().plus_seconds(86_401)).await.unwrap(), 1);
        assert!(store.conversion(tenant(), owner(), id(1)).await.unwrap().is_none());
    })
    .await;
}
