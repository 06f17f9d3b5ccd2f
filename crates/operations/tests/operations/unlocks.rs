//! A change whose address is only inferred stays locked on a real tenant, and an unlock is for the very address.

use model::{
    Notice,
    ProblemCode::{NotConfirmed, OperationLocked, OperationNotFound},
    audit::ActState,
};
use operations::{Reality, Table};

use crate::house::{House, form, ticket};

#[tokio::test]
async fn an_inferred_change_is_locked_on_a_real_tenant_until_somebody_checked_it() {
    let house = House::start(Reality::Real).await;
    let caller = house.administrator().await;
    let site = house.site("Active");
    let locked = house.operations.suspend_site(&caller, form(&site)).await.unwrap_err();
    assert_eq!(locked.code, OperationLocked);
    let unlock = async |operation, checked| {
        house.operations.unlock_operation(&caller, ticket(), operation, checked).await
    };
    assert_eq!(unlock("site.suspend", false).await.unwrap_err().code, NotConfirmed);
    for unknown in ["nope", "", "pat.login", "site.list"] {
        assert_eq!(unlock(unknown, true).await.unwrap_err().code, OperationNotFound, "{unknown}");
    }
    assert_eq!(house.sent_changes(), 0);
    unlock("site.suspend", true).await.unwrap();
    let act = house.log(&caller).await.swap_remove(0);
    assert_eq!((act.verb.as_str(), act.state), ("operation.unlock", ActState::Done));
    assert!(act.object_name.starts_with("DELETE /api/"), "{}", act.object_name);
    let notice = house.operations.suspend_site(&caller, form(&site)).await.unwrap();
    assert_eq!(notice, Notice::SiteSuspended);
    // One lock does not open the other.
    let other = house.operations.reactivate_site(&caller, form(&house.site("Suspended"))).await.unwrap_err();
    assert_eq!(other.code, OperationLocked);
}

#[tokio::test]
async fn an_unlock_counts_for_the_very_address_that_was_checked() {
    let house = House::start(Reality::Real).await;
    let caller = house.administrator().await;
    house.operations.unlock_operation(&caller, ticket(), "site.suspend", true).await.unwrap();
    let elsewhere = r#"{"site.suspend": {"method": "POST", "path": "/api/v1/tenants/{tenantId}/sites/{siteId}/suspend"}}"#;
    let moved = house.restarted(Table::with_overrides(elsewhere).unwrap());
    let problem = moved.suspend_site(&caller, form(&house.site("Active"))).await.unwrap_err();
    assert_eq!(problem.code, OperationLocked);
    assert_eq!(house.sent_changes(), 0);
    let same = house.restarted(Table::default());
    same.suspend_site(&caller, form(&house.site("Active"))).await.unwrap();
}
