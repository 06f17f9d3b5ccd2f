//! Files as people really send them, all the way to a plan: what can be read becomes rows, and the rest is explained.

use model::{
    ProblemCode,
    plan::{Step, Verdict, Why},
};
use operations::{Caller, Reality, Upload};

use crate::{
    house::House,
    plans::{active_site, file, sheet, steps},
};

async fn ready() -> (House, Caller, String) {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (_, site) = active_site(&house);
    (house, caller, site)
}

fn bytes(bytes: Vec<u8>) -> Upload {
    Upload { bytes, ..file("") }
}

/// What matters of a row, whatever file it came from.
fn seen(steps: Vec<Step>) -> Vec<(Option<u32>, String, String, Verdict)> {
    steps.into_iter().map(|it| (it.line, it.user_name, it.after, it.verdict)).collect()
}

#[tokio::test]
async fn the_same_rows_in_utf_16_and_with_semicolons_become_the_same_plan() {
    let (house, caller, site) = ready().await;
    let text = format!("Username,Name,Site,Role\r\nzoë@example.com,Zoë Ångström,{site},Viewer\r\n");
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let wanted = seen(steps(&house, &caller, plan).await);
    assert_eq!((wanted.len(), wanted[0].3), (1, Verdict::Create));
    let text = text.replace(',', ";");
    let little: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for upload in [bytes(little), bytes(big)] {
        let plan = house.operations.plan_upload(&caller, upload).await.unwrap();
        assert_eq!(seen(steps(&house, &caller, plan).await), wanted);
    }
}

#[tokio::test]
async fn a_file_with_nul_bytes_is_refused_and_names_that_are_formulas_are_only_names() {
    let (house, caller, site) = ready().await;
    let nul = format!("Username,Site,Role\na@exa\0mple.com,{site},Viewer\n");
    let problem = house.operations.plan_upload(&caller, file(&nul)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::FileUnreadable);
    let formula = format!("Username,Name,Site,Role\na@example.com,=cmd('calc'),{site},Viewer\n");
    let plan = house.operations.plan_upload(&caller, file(&formula)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert_eq!((rows[0].name.as_str(), rows[0].verdict), ("=cmd('calc')", Verdict::Create));
    let kept = house.operations.plan_file(&caller, &plan, operations::DownloadOf::All).await.unwrap();
    let text = String::from_utf8(kept.bytes).unwrap();
    assert!(text.contains("'=cmd('calc')") && !text.contains(",=cmd"), "{text}");
}

#[tokio::test]
async fn a_file_of_one_column_asks_for_the_site_and_role_of_the_form_or_says_what_is_missing() {
    let (house, caller, _) = ready().await;
    let plan =
        house.operations.plan_upload(&caller, file("one@example.com\ntwo@example.com\n")).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert!(rows.iter().all(|row| row.verdict == Verdict::Refused), "{rows:?}");
    assert!(rows.iter().all(|row| row.why.contains(&Why::NothingAsked)), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_two_hundred_thousand_rows_becomes_a_plan_and_one_more_row_does_not() {
    let (house, caller, site) = ready().await;
    let mut text = "Username,Site,Role\n".to_owned();
    for number in 0..200_000 {
        text.push_str(&format!("u{number}@example.com,{site},Viewer\n"));
    }
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert_eq!((seen.plan.counts.all(), seen.steps.total), (200_000, 200_000));
    let counts = seen.plan.counts;
    assert_eq!(counts.of(Verdict::Create) + counts.of(Verdict::Dangerous), 200_000, "{counts:?}");
    text.push_str(&format!("one.more@example.com,{site},Viewer\n"));
    let problem = house.operations.plan_upload(&caller, file(&text)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::TooManyRows);
}
