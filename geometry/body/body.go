package body

import (
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Part names the piece of the body a vertex belongs to. L is the body's left.
type Part uint8

const (
	Torso Part = iota
	Neck
	Head
	UpperArmL
	UpperArmR
	ForearmL
	ForearmR
	HandL
	HandR
	ThighL
	ThighR
	ShinL
	ShinR
	FootL
	FootR
	NumParts
)

// Joint names a joint centre of the skeleton.
type Joint uint8

const (
	Pelvis Joint = iota
	SpineLow
	SpineMid
	SpineHigh
	NeckBase
	HeadBase
	ShoulderL
	ShoulderR
	ElbowL
	ElbowR
	WristL
	WristR
	HipL
	HipR
	KneeL
	KneeR
	AnkleL
	AnkleR
	NumJoints
)

// Landmark names a point on the skin.
type Landmark uint8

const (
	BackNeck       Landmark = iota // 7th cervical
	FrontNeck                      // suprasternal notch
	SideNeckL                      // neck meets shoulder
	SideNeckR                      //
	ShoulderPointL                 // acromion
	ShoulderPointR                 //
	UnderarmL                      // armpit fold
	UnderarmR                      //
	BustPointL                     //
	BustPointR                     //
	Navel                          //
	WaistFront                     // ISO waist level, centre front
	WaistBack                      // ISO waist level, centre back
	Buttock                        // most prominent, left
	Crotch                         //
	KneeCapL                       //
	KneeCapR                       //
	AnkleBoneL                     // outer malleolus
	AnkleBoneR                     //
	WristBoneL                     //
	WristBoneR                     //
	Top                            // crown of the head
	Throat                         // below the Adam's apple
	Nape                           // behind the throat
	ElbowPointL                    // outer side of the elbow
	ElbowPointR                    //
	ArmFoldL                       // crease of the arm at the back, over the armpit
	ArmFoldR                       //
	NumLandmarks
)

// Body is a closed, outward mesh with a skeleton and landmarks, standing with
// the soles on y = 0. Immutable after construction. Vertex order is the same
// for every body of one model.
type Body struct {
	Mesh       *geometry.Mesh
	Part       []Part // per vertex
	Joints     [NumJoints]r3.Vec
	Landmarks  [NumLandmarks]r3.Vec
	Population Population
	Measures   []Measure // every item of the model, in the order of Keys
	Levels     []Level   // where each girth is taken
	Warnings   []string
	Conflicts  []Conflict      // given values that could not be met together; Warnings say them in words
	Doubts     []*MeasureError // given values the customer should look at again; Warnings say them in words
	// Crossings counts the pairs of triangles that cross each other in the measuring
	// stance; Warnings say so.
	Crossings int
	// Rare says that height and weight lie where few people were measured.
	Rare bool
	// Compliance of the tissue under each vertex [m/Pa]: the skin gives way by
	// this times the pressure of the cloth. See tissue.go for its sources.
	Compliance []float64

	origin *origin
}

// Level is the plane in which the tape of a girth lies, on this body.
type Level struct {
	Key    Key
	Origin r3.Vec // a point of the plane, near the axis of the part [m]
	Normal r3.Vec // unit
	Parts  []Part // the tape runs round these parts only
}

// Source says where a measure's value came from.
type Source uint8

const (
	Given Source = iota
	Predicted
)

// Measure is one item of the body's table. Lengths in m, weight in kg.
type Measure struct {
	Key      Key
	Source   Source
	Asked    float64 // the given or predicted value the fit aimed at
	Achieved float64 // measured on Mesh
	SD       float64 // standard deviation of a predicted value; 0 for a given one
	Sigma    float64 // measuring error of a given value, by its method
}
