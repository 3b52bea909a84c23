// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ElementCall } from "../../src/libraries/ElementCall.sol";
import { Proof } from "../../src/types/Proof.sol";
import { Work } from "../../src/types/Task.sol";

/// @notice The library from outside.
contract ElementCallHarness {
    function messageOf(Work calldata work, Proof calldata proof) external pure returns (bytes memory message) {
        (message,) = ElementCall.build(proof.id, work.inputs, proof.windows, proof.data);
    }

    /// @notice What the element code takes for exactly the call that a challenge makes, in its own gas alone.
    function gasOf(Work calldata work, Proof calldata proof) external view returns (uint256 used) {
        (bytes memory message,) = ElementCall.build(proof.id, work.inputs, proof.windows, proof.data);
        address kernel = proof.kernel;
        // As in a challenge, the account is warm by then.
        require(kernel.codehash == work.codeHash);
        bool success;
        assembly ("memory-safe") {
            used := gas()
            success := staticcall(gas(), kernel, add(message, 32), mload(message), 0, 0)
            used := sub(used, gas())
        }
        require(success);
    }
}
