// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVerifier } from "../../src/interfaces/IVerifier.sol";
import { Task } from "../../src/types/Task.sol";

/// @notice A verifier that a client could have written to do harm: it does whatever it was last told.
contract MoodyVerifier is IVerifier {
    enum Mood {
        Accept,
        Refuse,
        Revert,
        ShortAnswer,
        LongAnswer,
        BurnGas
    }

    Mood public mood;

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function verify(bytes32, Task calldata, uint32, address, bytes calldata) external view returns (bytes4) {
        if (mood == Mood.Revert) revert("moody");
        if (mood == Mood.BurnGas) {
            while (true) { }
        }
        bytes4 magic = IVerifier.verify.selector;
        assembly {
            let mood_ := and(sload(mood.slot), 0xff)
            mstore(0, magic)
            mstore(32, 0)
            if eq(mood_, 3) { return(0, 4) }
            if eq(mood_, 4) { return(0, 64) }
        }
        return mood == Mood.Accept ? magic : bytes4(0);
    }
}
