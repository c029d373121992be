//go:build tools

// Package nakama pins the server this module is built for and tested on.
package nakama

import _ "github.com/heroiclabs/nakama/v3"
