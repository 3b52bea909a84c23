// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILens } from "./interfaces/ILens.sol";
import { IMarket } from "./interfaces/IMarket.sol";
import { IVault } from "./interfaces/IVault.sol";

/// @title Lens
/// @notice One call instead of many, for readers.
contract Lens is ILens {
    IVault public immutable VAULT;
    IMarket public immutable MARKET;

    constructor(IVault vault, IMarket market) {
        VAULT = vault;
        MARKET = market;
    }

    /// @inheritdoc ILens
    function providers(address[] calldata providers_) external view returns (ProviderView[] memory views) {
        views = new ProviderView[](providers_.length);
        for (uint256 i; i < providers_.length; ++i) {
            ProviderView memory view_ = views[i];
            view_.provider = providers_[i];
            view_.pool = VAULT.poolOf(view_.provider);
            view_.record = MARKET.recordOf(view_.provider);
            view_.balance = VAULT.balanceOf(view_.provider);
            view_.ownFreeValue = VAULT.valueOf(view_.provider, view_.pool.ownFreeShares);
            view_.lockable = VAULT.lockableOf(view_.provider);
        }
    }

    /// @inheritdoc ILens
    function tasks(bytes32[] calldata taskIds) external view returns (TaskView[] memory views) {
        views = new TaskView[](taskIds.length);
        for (uint256 i; i < taskIds.length; ++i) {
            TaskView memory view_ = views[i];
            view_.taskId = taskIds[i];
            (view_.escrow, view_.openedAt) = VAULT.escrowOf(address(MARKET), view_.taskId);
            view_.state = MARKET.taskState(view_.taskId);
        }
    }

    /// @inheritdoc ILens
    function shards(bytes32 taskId, uint32 from, uint32 count)
        external
        view
        returns (IMarket.ShardState[] memory states)
    {
        states = new IMarket.ShardState[](count);
        for (uint32 i; i < count; ++i) {
            states[i] = MARKET.shardState(taskId, from + i);
        }
    }

    /// @inheritdoc ILens
    function offers(bytes32 taskId, address[] calldata providers_)
        external
        view
        returns (IMarket.OfferState[] memory states)
    {
        states = new IMarket.OfferState[](providers_.length);
        for (uint256 i; i < providers_.length; ++i) {
            states[i] = MARKET.offerState(taskId, providers_[i]);
        }
    }
}
